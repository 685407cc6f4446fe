import type { RunLimits } from './run-limits.js';
import { Wait } from './wait.js';

/** Resolves as `other` does, or throws why it was not waited for any longer. */
export function within<Result>(limits: RunLimits, other: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const wait = new Wait(limits, reject);
    other.then(
      (result) => wait.end() && resolve(result),
      (error: unknown) => wait.end() && reject(error as Error),
    );
  });
}
