/** Lets one piece of work at a time onto a connection, in the order in which they come. Work must not wait for other work. */
export class Turns {
  #last: Promise<unknown> | null = null;

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const taken = this.#last === null ? work() : this.#last.then(work, work);
    this.#last = taken;
    const done = (): void => {
      if (this.#last === taken) this.#last = null;
    };
    taken.then(done, done);
    return taken;
  }

  /** Resolves when nothing is under way any more. */
  async over(): Promise<void> {
    while (this.#last !== null) await this.#last.catch(() => {});
  }
}
