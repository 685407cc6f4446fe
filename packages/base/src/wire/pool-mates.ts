/** A connection among others of its pool. */
interface PoolMate {
  /** Of the pool, when the connection was made. */
  readonly epoch: number;
  /** It was made before the server was found to be going: if nobody uses it, it is closed now, else afterwards. */
  retire(): void;
}

const groups = new WeakMap<object, PoolMates>();

/** The connections of one pool, which share what one of them finds out. */
export class PoolMates {
  readonly #mates = new Set<PoolMate>();
  #epoch = 0;

  /** Of the pool with these options: it makes all of its connections with the same object. */
  static of(options: object): PoolMates {
    let mates = groups.get(options);
    if (mates === undefined) groups.set(options, (mates = new PoolMates()));
    return mates;
  }

  get epoch(): number {
    return this.#epoch;
  }

  join(mate: PoolMate): void {
    this.#mates.add(mate);
  }

  leave(mate: PoolMate): void {
    this.#mates.delete(mate);
  }

  /**
   * One connection shows that the server is going, or no longer is what it was: those that were made before lead there,
   * too. What one of them still shows after that is no news.
   */
  suspect(epoch = this.#epoch): void {
    if (epoch !== this.#epoch) return;
    this.#epoch++;
    for (const mate of [...this.#mates]) mate.retire();
  }
}
