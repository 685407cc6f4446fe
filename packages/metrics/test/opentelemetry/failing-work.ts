import { errorCode, HoldfastError } from '@holdfast/errors';

/** An error that says that the call may simply be made again. */
export function unavailable(message = 'The database is not available.'): HoldfastError {
  const code = errorCode('database', 'access', 'unavailable');
  return new HoldfastError({ code, message, retryable: true, httpStatus: 503 });
}

/** Work that fails with these, one for each call, and succeeds after that. */
export function failing(...errors: readonly unknown[]): () => Promise<string> {
  const left = [...errors];
  return async () => {
    if (left.length > 0) throw left.shift();
    return 'done';
  };
}

/** What an operation was rejected with. */
export function failed(operation: Promise<unknown>): Promise<unknown> {
  return operation.then(
    () => Promise.reject(new Error('It succeeded.')),
    (error: unknown) => error,
  );
}
