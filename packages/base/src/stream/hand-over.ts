interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Hands values from one who makes them to one who takes them, none ahead of its being asked for. Asking comes first: the
 * maker begins when the first value is asked for.
 */
export class HandOver<Value> {
  #taker: Waiting<Value | null> | null = null;
  #maker: Waiting<boolean> | null = null;
  #hasGiven = false;
  #isOver = false;
  #failure: { readonly error: unknown } | null = null;

  /** Whether a value has been handed over. */
  get hasGiven(): boolean {
    return this.#hasGiven;
  }

  /** For the taker: asks for the next value; null when there are no more. Throws why it failed. */
  take(): Promise<Value | null> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure.error as Error);
      if (this.#isOver) return resolve(null);
      this.#taker = { resolve, reject };
      this.#maker?.resolve(true);
      this.#maker = null;
    });
  }

  /** For the maker: hands a value over and waits until another one is asked for; false if none will be. Throws why it failed. */
  give(value: Value): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure.error as Error);
      if (this.#isOver) return resolve(false);
      this.#maker = { resolve, reject };
      this.#hasGiven = true;
      this.#taker?.resolve(value);
      this.#taker = null;
    });
  }

  /** No more values will be made, or taken. */
  end(): void {
    this.#isOver = true;
    this.#taker?.resolve(null);
    this.#maker?.resolve(false);
    this.#taker = this.#maker = null;
  }

  /** Ends it for both, with an error. The first one counts. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#taker?.reject(error);
    this.#maker?.reject(error);
    this.#taker = this.#maker = null;
  }
}
