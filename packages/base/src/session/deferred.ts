/** A promise, and what settles it: for what may be answered before the promise could be returned. */
export class Deferred<Result> {
  resolve!: (result: Result) => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<Result>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}
