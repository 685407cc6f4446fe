import { isHoldfastError, parseErrorCode } from '@holdfast/errors';
import { DeadlineExceeded } from '../errors/deadline-exceeded.js';

/**
 * A signal may be aborted with anything, nothing included; an error is an Error. Whoever aborts it because the time is over
 * cannot know that nothing is stored, which what is thrown here says.
 */
export function reasonOf({ reason: cause }: AbortSignal, isOverload = false): Error {
  if (isHoldfastError(cause) && parseErrorCode(cause.code).detail === 'timeout')
    return new DeadlineExceeded({ cause, isOverload });
  return cause instanceof Error ? cause : new DOMException(`Aborted: ${String(cause)}`, 'AbortError');
}
