import { errorCode, HoldfastError, type Outcome } from '@holdfast/errors';

/** An error that says that the call may simply be made again. */
export function transient(message = 'Try again.', outcome: Outcome = 'not-committed'): HoldfastError {
  const code = errorCode('database', 'access', 'unavailable');
  return new HoldfastError({ code, message, retryable: true, outcome });
}

/** Work that fails with the given errors, one for each call, and then succeeds with the number of calls that were made. */
export function failingWork(...errors: readonly unknown[]): { (): Promise<number>; calls: number } {
  const work = Object.assign(
    async () => {
      work.calls += 1;
      if (work.calls <= errors.length) throw errors[work.calls - 1];
      return work.calls;
    },
    { calls: 0 },
  );
  return work;
}
