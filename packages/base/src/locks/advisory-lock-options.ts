import type { SeparateOption } from '../separate-option.js';

/** What `Database.withAdvisoryLock` may be told. */
export interface AdvisoryLockOptions extends SeparateOption {
  /** Milliseconds to wait for the lock; 0 asks once. Default: until it is there or the signal aborts. */
  readonly waitMs?: number;
  /** Ends the waiting; while the work runs it is for the work to heed, whose own signal it aborts. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds between two questions whether the connection is still there, and within which each must be answered.
   * A connection that is closed is noticed at once; this is for one that went silent. Default 10 000.
   */
  readonly checkEveryMs?: number;
}
