/** Something that has been asked for, and is answered when a test says so. */
export class Gate<Value> {
  readonly promise: Promise<Value>;
  open!: (value: Value) => void;
  fail!: (error: unknown) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.open = resolve;
      this.fail = reject;
    });
  }
}

/** A database whose reads end when a test says so. */
export class GatedReads<Value> {
  readonly reads: Gate<Value>[] = [];
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  readonly load = (): Promise<Value> => {
    const gate = new Gate<Value>();
    this.reads.push(gate);
    for (const { count, resolve } of this.#waiting) if (this.reads.length >= count) resolve();
    return gate.promise;
  };

  /** Resolves once so many reads have begun. */
  begun(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.reads.length >= count) resolve();
      else this.#waiting.push({ count, resolve });
    });
  }
}
