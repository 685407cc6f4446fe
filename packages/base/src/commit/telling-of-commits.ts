import { isHoldfastError } from '@holdfast/errors';
import { ambientCall } from '@holdfast/operation';
import type { WriteOptions } from '../write-options.js';

/**
 * Lets the call that a write is a part of know when something of it stands, or may: whoever makes that call again would
 * make the write twice. What has an operation key is stored once, however often it is made.
 */
export function tellingOfCommits<Result>(
  done: Promise<Result>,
  { operationKey }: Pick<WriteOptions, 'operationKey'>,
): Promise<Result> {
  const call = ambientCall();
  if (call === null || !call.isRetried || operationKey !== undefined) return done;
  return done.then(
    (value) => {
      call.committed();
      return value;
    },
    (error: unknown) => {
      if (isHoldfastError(error) && error.outcome !== 'not-committed') call.committed();
      throw error;
    },
  );
}
