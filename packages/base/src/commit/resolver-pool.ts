import pg from 'pg';
import type { CallOptions } from '@holdfast/operation';
import type { CheckedOut, Connections } from '../wire/connection-pool.js';
import { GuardedClient } from '../wire/guarded-client.js';
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
  #own: pg.Pool | null = null;

  /** `poolOf` is asked for the application's pool, whose options are taken. */
  constructor(poolOf: () => pg.Pool) {
    this.#poolOf = poolOf;
  }

  checkOut(options: CallOptions, use: CheckedOut): void {
    const wait = new Wait(options, (error) => use(error, undefined as never, () => {}));
    if (wait.isOver) return;
    const connected: Parameters<pg.Pool['connect']>[0] = (error, client, release) => {
      if (wait.end()) use(error ?? null, client!, release);
      else if (client !== undefined) release();
    };
    try {
      this.#own ??= madeLike(this.#poolOf());
    } catch (error) {
      // The application has ended its own.
      return connected(error as Error, undefined, () => {});
    }
    this.#own.connect(connected);
  }

  /** Its clients see for themselves when the server goes, and tell each other. */
  suspect(): void {}

  async close(): Promise<void> {
    const own = this.#own;
    this.#own = null;
    await own?.end();
  }
}

/** pg hides the password and the key from enumeration; they are options all the same. */
function madeLike({ options }: pg.Pool): pg.Pool {
  const own: pg.PoolConfig = {
    max: CONNECTIONS,
    min: 0,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    Client: GuardedClient,
  };
  const all = { ...Object.getOwnPropertyDescriptors(options), ...Object.getOwnPropertyDescriptors(own) };
  const pool = new pg.Pool(Object.defineProperties({}, all) as pg.PoolConfig);
  pool.on('error', () => {});
  return pool;
}
