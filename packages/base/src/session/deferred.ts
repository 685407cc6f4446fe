/** Who is told how something has ended, and the promise of it. */
export interface Settled<Result> {
  readonly promise: Promise<unknown>;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/** A promise, and what settles it: for what may be answered before the promise could be returned. */
export class Deferred<Result> implements Settled<Result> {
  resolve!: (result: Result) => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<Result>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}
