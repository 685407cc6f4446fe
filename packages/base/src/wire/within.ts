import { Wait } from './wait.js';

/** What ends a wait. */
interface Limits {
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number | undefined;
}

/** Resolves as `other` does, or throws why it was not waited for any longer. */
export function within<Result>({ signal, deadlineMs }: Limits, other: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const limits = { ...(signal === undefined ? {} : { signal }), ...(deadlineMs === undefined ? {} : { deadlineMs }) };
    const wait = new Wait(limits, reject);
    other.then(
      (result) => wait.end() && resolve(result),
      (error: unknown) => wait.end() && reject(error as Error),
    );
  });
}
