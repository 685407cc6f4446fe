import { Misuse } from '@holdfast/errors';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { fenced, needsFence } from './cancel-fence.js';
import { ConnectionsInUse } from './connections-in-use.js';
import { GuardedClient } from './guarded-client.js';
import { PoolMates } from './pool-mates.js';
import { isLimited, type RunLimits, whyGivenUp } from './run-limits.js';
import { stateOf } from './state-of.js';
import { StatementPolicy } from './statement-policy.js';
import type { PoolFigures } from './pool-figures.js';
import { takeIdle } from './take-idle.js';
import { Wait } from './wait.js';

export { isUsable, transactionStatus } from './transaction-status.js';

/** How to give a connection back: with an error, or true, it is closed instead. */
type Release = (broken?: Error | boolean) => void;

/** Called with a connection and how to give it back, maybe before `checkOut` returns. */
export type CheckedOut = (error: Error | null, client: pg.PoolClient, release: Release) => void;

const withoutGuard =
  'The pool of this DataSource is not guarded: transactions take a trip more, rows are parsed by pg, a connection that ' +
  'dies while it is in use is only noticed by its next use, and one that TypeORM gives back with an open transaction or ' +
  'a changed setting is handed on like that. Spread guardedPool() into the options of the DataSource.';

// Several Databases may share one pool, and its connections.
const heardPools = new WeakSet<object>();
const heard = new WeakSet<object>();

/** The pool that TypeORM has made. Throws Misuse where there is none yet. */
export function poolOf({ driver, isInitialized }: DataSource): pg.Pool {
  const pool = (driver as unknown as { readonly master?: pg.Pool }).master;
  if (!isInitialized || pool === undefined) throw new Misuse('The DataSource is not initialized.');
  return pool;
}

/** Where connections come from. */
export interface Connections {
  /** Hands out a connection, or an error; waiting ends with the signal or the deadline, without a connection taken. */
  checkOut(limits: RunLimits, use: CheckedOut): void;
  /**
   * A connection has shown that the server is going or takes no writes any longer, in a way that its client cannot tell
   * from what was meant: those that are idle are closed now, the others when they are given back. A stock pool keeps them.
   */
  suspect(): void;
}

/** The pool of a DataSource, as far as we use it. */
export class ConnectionPool implements Connections {
  readonly #dataSource: DataSource;
  readonly #policy: StatementPolicy;
  #hasWarned = false;

  constructor(dataSource: DataSource, policy = new StatementPolicy()) {
    this.#dataSource = dataSource;
    this.#policy = policy;
  }

  get #pool(): pg.Pool {
    return poolOf(this.#dataSource);
  }

  checkOut(limits: RunLimits, use: CheckedOut): void {
    const pool = this.#pool;
    const inUse = ConnectionsInUse.of(pool);
    if (!heardPools.has(pool)) {
      heardPools.add(pool);
      pool.on('connect', (client) => this.#hear(client as pg.PoolClient));
    }
    const connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: Release): void => {
      if (client !== undefined) this.#hear(client);
      use(error ?? null, client!, isLimited(limits) ? behindFence(client, release) : release);
    };
    if (whyGivenUp(limits) === null && takeIdle(pool, connected)) return;
    let isAsked = false;
    const wait = new Wait(
      limits,
      (error) => use(error, undefined as never, () => {}),
      () => !isAsked || inUse.areAll,
    );
    if (wait.isOver) return;
    isAsked = true;
    pool.connect((error, client, release) => {
      if (wait.end()) connected(error, client, release);
      else if (client !== undefined) release();
    });
  }

  suspect(): void {
    PoolMates.of(this.#pool.options).suspect();
  }

  /** pg's pool listens to a client's errors only while it is idle; unheard, one would end the process. */
  #hear(client: pg.PoolClient): void {
    if (client instanceof GuardedClient) {
      client.wire.policy = this.#policy;
      return;
    }
    if (heard.has(client)) return;
    heard.add(client);
    stateOf(client);
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      process.emitWarning(withoutGuard, { code: 'HOLDFAST_STOCK_POOL' });
    }
    client.on('error', () => {});
  }

  figures(): PoolFigures {
    const { options, totalCount, idleCount, waitingCount } = this.#pool;
    return { max: options.max, total: totalCount, idle: idleCount, waiting: waitingCount };
  }
}

/** Gives a connection back only where no cancel can hit whoever has it next. */
function behindFence(client: pg.PoolClient | undefined, release: Release): Release {
  if (client === undefined) return release;
  return (broken) => {
    if (broken === true || broken instanceof Error || !needsFence(client)) return release(broken);
    void fenced(client).then((state) => release(state === 'broken'));
  };
}
