import type { ResourceSlot } from '@holdfast/domain-types';
import type { SessionStatus } from './session-status.js';

/** The life that a kernel has had elsewhere: for imports, which take over what exists already. */
export interface KernelPast {
  readonly status: SessionStatus;
  /** Default: `createdAt`. */
  readonly statusChangedAt?: Date;
  /** What it used. Default null: it has not used anything yet, and what it asked for is reserved; so it is with one that is pending. */
  readonly usedSlots?: ResourceSlot | null;
  /** Since when it holds nothing any more. Default: `terminatedAt`. */
  readonly freedAt?: Date | null;
  readonly createdAt: Date;
  /** Since when it held a place. Default: `createdAt`, or null for one that is pending or was cancelled. */
  readonly scheduledAt?: Date | null;
  /** Default null. */
  readonly terminatedAt?: Date | null;
}
