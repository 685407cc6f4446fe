import { onAbort } from '@holdfast/operation';

/** What is waited for, or the reason of the signal if it aborts before that. */
export function unlessAborted<Value>(signal: AbortSignal | null, value: Promise<Value>): Promise<Value> {
  if (signal === null) return value;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const unfollow = onAbort(signal, () => reject(signal.reason as Error));
    value.then(resolve, reject).finally(unfollow);
  });
}
