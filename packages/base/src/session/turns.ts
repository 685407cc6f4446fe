/** Lets one piece of work at a time onto a connection, in the order in which they come. Work must not wait for other work. */
export class Turns {
  #last: Promise<unknown> | null = null;

  /** Whether nothing is under way. */
  get areFree(): boolean {
    return this.#last === null;
  }

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const taken = this.#last === null ? work() : this.#last.then(work, work);
    this.#last = taken;
    const done = (): void => this.ended(taken);
    taken.then(done, done);
    return taken;
  }

  /** Work that has begun while they were free, and whose end is told by `ended`. */
  began(work: Promise<unknown>): void {
    this.#last = work;
  }

  ended(work: Promise<unknown> | null): void {
    if (this.#last === work) this.#last = null;
  }

  /** Resolves when nothing is under way any more. */
  async over(): Promise<void> {
    while (this.#last !== null) await this.#last.catch(() => {});
  }
}
