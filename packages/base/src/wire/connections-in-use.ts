import type pg from 'pg';

const ofPool = new WeakMap<pg.Pool, ConnectionsInUse>();

/**
 * The connections of a pool that somebody has at this moment: not those that are idle, nor those that are being opened,
 * which the figures of pg's pool do not tell from them. What was handed out before it was first asked for is not known.
 */
export class ConnectionsInUse {
  readonly #pool: pg.Pool;
  readonly #clients = new Set<pg.PoolClient>();

  static of(pool: pg.Pool): ConnectionsInUse {
    let inUse = ofPool.get(pool);
    if (inUse === undefined) ofPool.set(pool, (inUse = new ConnectionsInUse(pool)));
    return inUse;
  }

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
    pool.on('acquire', (client) => void this.#clients.add(client));
    pool.on('release', (_error, client) => void this.#clients.delete(client));
  }

  /** Whether those who wait wait for nothing but that somebody gives one back. */
  get areAll(): boolean {
    return this.#clients.size >= this.#pool.options.max;
  }
}
