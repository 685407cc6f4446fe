import { Deadline } from '@holdfast/operation';
import type pg from 'pg';
import { connectionError } from '../errors/connection-error.js';
import { driverError } from '../errors/driver-error.js';
import { ask } from '../wire/ask.js';
import { type ConnectionPool, isUsable } from '../wire/connection-pool.js';
import type { RunLimits } from '../wire/run-limits.js';

type Release = (broken?: Error | boolean) => void;

/**
 * A transaction that does nothing but hold an advisory lock, on a connection of its own. A lock of the transaction, not
 * of the connection: behind a pooler that lends connections for a transaction each, the latter would stay with somebody
 * else. READ WRITE, because a standby has locks of its own, which exclude nobody elsewhere, and refuses that.
 */
export class LockHolder {
  readonly #client: pg.PoolClient;
  readonly #release: Release;
  readonly #checkEveryMs: number;
  readonly #onLost: (cause: Error) => void;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** Takes the lock, or resolves with null where somebody else has it. `onLost` is called at most once. */
  static async take(
    pool: ConnectionPool,
    key: string,
    options: { readonly signal?: AbortSignal; readonly deadline?: Deadline | null; readonly checkEveryMs: number },
    onLost: (cause: Error) => void,
  ): Promise<LockHolder | null> {
    const { checkEveryMs, deadline = null } = options;
    const [client, release] = await checkedOut(pool, options);
    try {
      const patience = { ...options, deadline: Deadline.after(checkEveryMs).within(deadline) };
      const rows = await ask<{ locked: boolean }>(client, beginAndLock(key), patience);
      if (rows[0]!.locked) return new LockHolder(client, release, checkEveryMs, onLost);
      await ask(client, 'ROLLBACK', patience);
    } catch (error) {
      release(true);
      throw driverError(error, 'open') as Error;
    }
    release(!isUsable(client));
    return null;
  }

  private constructor(client: pg.PoolClient, release: Release, checkEveryMs: number, onLost: (cause: Error) => void) {
    this.#client = client;
    this.#release = release;
    this.#checkEveryMs = checkEveryMs;
    this.#onLost = onLost;
    client.on('error', this.#lost);
    client.on('end', this.#ended);
    this.#checkLater();
  }

  /** Gives lock and connection back. That the server answers proves that the lock was held until now: else it was lost. */
  async release(): Promise<void> {
    if (this.#isOver) return;
    try {
      await ask(this.#client, 'ROLLBACK', { deadline: Deadline.after(this.#checkEveryMs) });
    } catch (error) {
      return this.#lost(error as Error);
    }
    if (!this.#isOver) this.#over(!isUsable(this.#client));
  }

  /** Asks whether the connection is still there; if it is not, the lock is lost. */
  async confirm(): Promise<void> {
    if (this.#isOver) return;
    try {
      await ask(this.#client, 'SELECT 1', { deadline: Deadline.after(this.#checkEveryMs) });
    } catch (error) {
      this.#lost(error as Error);
    }
  }

  #checkLater(): void {
    this.#timer = setTimeout(() => {
      void this.confirm().then(() => {
        if (!this.#isOver) this.#checkLater();
      });
    }, this.#checkEveryMs);
    this.#timer.unref();
  }

  readonly #ended = (): void => this.#lost(new Error('The connection was closed.'));

  readonly #lost = (cause: Error): void => {
    if (this.#isOver) return;
    this.#over(true);
    this.#onLost(cause);
  };

  #over(broken: boolean): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#client.off('error', this.#lost);
    this.#client.off('end', this.#ended);
    this.#release(broken);
  }
}

/** One message. No timeout of the server shall end a transaction that idles because its work is elsewhere. */
function beginAndLock(key: string): string {
  return `
    BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
    SELECT set_config(name, '0', true) FROM pg_settings
    WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout');
    SELECT pg_try_advisory_xact_lock(${key}) AS locked`;
}

function checkedOut(pool: ConnectionPool, limits: RunLimits): Promise<[pg.PoolClient, Release]> {
  return new Promise((resolve, reject) => {
    pool.checkOut(limits, (error, client, release) => {
      if (error === null) resolve([client, release]);
      else reject(connectionError(error));
    });
  });
}
