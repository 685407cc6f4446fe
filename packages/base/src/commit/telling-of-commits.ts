import { isHoldfastError } from '@holdfast/errors';
import { ambientCall } from '@holdfast/operation';
import type { Ended } from '../under-way.js';
import type { WriteOptions } from '../write-options.js';

/**
 * Lets the call that a write is a part of know when something of it stands, or may: whoever makes that call again would
 * make the write twice. What has an operation key is stored once, however often it is made. Null where nobody needs to know.
 */
export function tellingOfCommits({ operationKey }: Pick<WriteOptions, 'operationKey'>): Ended | null {
  const call = ambientCall();
  if (call === null || !call.isRetried || operationKey !== undefined) return null;
  return (error) => {
    if (error === null || (isHoldfastError(error) && error.outcome !== 'not-committed')) call.committed();
  };
}
