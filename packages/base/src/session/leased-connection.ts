import type { Deadline } from '@holdfast/operation';
import type pg from 'pg';
import { connectionError } from '../errors/connection-error.js';
import type { Connections } from '../wire/connection-pool.js';

/** What limits how long is waited for a connection. */
export interface LeaseLimits {
  readonly signal?: AbortSignal | undefined;
  readonly deadline: Deadline | null;
}

/** A connection of the pool, taken when it is first asked for and given back once. */
export class LeasedConnection {
  readonly #pool: Connections;
  readonly #limits: LeaseLimits;
  // While there is none yet; of one that is there at once no promise is made.
  #connecting: Promise<pg.PoolClient> | null = null;
  #client: pg.PoolClient | null = null;
  #release: ((broken?: Error | boolean) => void) | null = null;

  constructor(pool: Connections, limits: LeaseLimits) {
    this.#pool = pool;
    this.#limits = limits;
  }

  /** The connection, where it is there already. */
  get client(): pg.PoolClient | null {
    return this.#client;
  }

  get isGivenBack(): boolean {
    return this.#client !== null && this.#release === null;
  }

  /** The connection, where it is there or is to be had at once; otherwise null, and it is on its way. */
  takenAtOnce(): pg.PoolClient | null {
    if (this.#client === null && this.#connecting === null) this.#checkOut();
    return this.#client;
  }

  /** The connection. Throws why there is none. */
  taken(): Promise<pg.PoolClient> {
    const client = this.takenAtOnce();
    return client === null ? this.#connecting! : Promise.resolve(client);
  }

  /** The connection, if there is or will be one. */
  async takenIfAny(): Promise<pg.PoolClient | null> {
    return this.#client ?? (await this.#connecting?.catch(() => null)) ?? null;
  }

  /** Gives it back; `broken` closes it instead. */
  giveBack(broken: boolean): void {
    this.#release?.(broken);
    this.#release = null;
  }

  #checkOut(): void {
    let settle: { readonly done: (client: pg.PoolClient) => void; readonly failed: (error: Error) => void } | null =
      null;
    let failure: Error | null = null;
    this.#pool.checkOut(this.#limits, (error, client, release) => {
      if (error !== null) {
        failure = connectionError(error);
        return settle?.failed(failure);
      }
      this.#release = release;
      this.#client = client;
      settle?.done(client);
    });
    if (this.#client !== null) return;
    this.#connecting = new Promise((done, failed) => {
      if (failure === null) settle = { done, failed };
      else failed(failure);
    });
  }
}
