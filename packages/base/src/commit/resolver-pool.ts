import pg from 'pg';
import { DatabaseClosed } from '../errors/database-closed.js';
import type { CheckedOut, Connections } from '../wire/connection-pool.js';
import { GuardedClient } from '../wire/guarded-client.js';
import type { RunLimits } from '../wire/run-limits.js';
import type { StatementPolicy } from '../wire/statement-policy.js';
import { Wait } from '../wire/wait.js';

const CONNECTIONS = 2;
const CONNECT_MS = 2_000;
const ANSWER_MS = 2_000;
const IDLE_MS = 5_000;

/**
 * A tiny pool of its own, to the same server: what became of a commit is asked when the application's pool is likely to be
 * exhausted or broken. It is made when it is first needed, and its connections close when they are idle.
 */
export class ResolverPool implements Connections {
  readonly #poolOf: () => pg.Pool;
  readonly #policy: StatementPolicy;
  #own: pg.Pool | null = null;
  #isClosed = false;

  /** `poolOf` is asked for the application's pool, whose options and listeners are taken: what they set, ours are set to. */
  constructor(poolOf: () => pg.Pool, policy: StatementPolicy) {
    this.#poolOf = poolOf;
    this.#policy = policy;
  }

  checkOut(limits: RunLimits, use: CheckedOut): void {
    const wait = new Wait(limits, (error) => use(error, undefined as never, () => {}));
    if (wait.isOver) return;
    let own: pg.Pool;
    try {
      own = this.#opened();
    } catch (error) {
      wait.end();
      return use(error as Error, undefined as never, () => {});
    }
    own.connect((error, client, release) => {
      if (client !== undefined) (client as unknown as GuardedClient).wire.policy = this.#policy;
      if (wait.end()) use(error ?? null, client!, release);
      else if (client !== undefined) release();
    });
  }

  /** Its clients see for themselves when the server goes, and tell each other. */
  suspect(): void {}

  #opened(): pg.Pool {
    if (this.#isClosed) throw new DatabaseClosed();
    return (this.#own ??= madeLike(this.#poolOf()));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const own = this.#own;
    this.#own = null;
    await own?.end();
  }
}

/** pg hides the password and the key from enumeration; they are options all the same. */
function madeLike(other: pg.Pool): pg.Pool {
  const own: pg.PoolConfig = {
    max: CONNECTIONS,
    min: 0,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    Client: GuardedClient,
  };
  const all = { ...Object.getOwnPropertyDescriptors(other.options), ...Object.getOwnPropertyDescriptors(own) };
  const pool = new pg.Pool(Object.defineProperties({}, all) as pg.PoolConfig);
  pool.on('error', () => {});
  for (const listener of other.listeners('connect')) pool.on('connect', listener as (client: pg.PoolClient) => void);
  return pool;
}
