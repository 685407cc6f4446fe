import type { Deadline } from '@holdfast/operation';
import type { AdvisoryLockOptions } from './advisory-lock-options.js';

/** The options of a lock, with the deadline of the call that asks for it: nothing is begun once it has passed. */
export interface LockLimits extends AdvisoryLockOptions {
  readonly deadline?: Deadline | null;
}
