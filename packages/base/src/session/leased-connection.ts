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

  /** The connection. Throws why there is none. */
  taken(): Promise<pg.PoolClient> {
    this.#connecting ??= new Promise((resolve, reject) => {
      this.#pool.checkOut(this.#limits, (error, client, release) => {
        if (error !== null) return reject(connectionError(error));
        this.#release = release;
        this.#client = client;
        resolve(client);
      });
    });
    return this.#connecting;
  }

  /** The connection, if there is or will be one. */
  async takenIfAny(): Promise<pg.PoolClient | null> {
    return (await this.#connecting?.catch(() => null)) ?? null;
  }

  /** Gives it back; `broken` closes it instead. */
  giveBack(broken: boolean): void {
    this.#release?.(broken);
    this.#release = null;
  }
}
