/** Work that settles when a test says so, and knows how often it has begun. */
export interface Gate<Result> {
  (): Promise<Result>;
  readonly begun: number;
  /** Settles the oldest one that runs. */
  succeed(value: Result): void;
  fail(error: unknown): void;
}

interface Running<Result> {
  readonly resolve: (value: Result) => void;
  readonly reject: (error: unknown) => void;
}

export function gate<Result = string>(): Gate<Result> {
  const running: Running<Result>[] = [];
  let begun = 0;
  const work = (): Promise<Result> => {
    begun += 1;
    return new Promise((resolve, reject) => running.push({ resolve, reject }));
  };
  return Object.defineProperty(
    Object.assign(work, {
      succeed: (value: Result) => running.shift()!.resolve(value),
      fail: (error: unknown) => running.shift()!.reject(error),
    }),
    'begun',
    { get: () => begun },
  ) as Gate<Result>;
}
