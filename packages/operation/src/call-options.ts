/** What every operation may be told. */
export interface CallOptions {
  /** Ends the call while it waits for a connection. What was sent to the database is waited for, and its result returned. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds from now by which the call must have been sent to the database. Where a call is retried, each attempt has
   * that long.
   */
  readonly deadlineMs?: number;
}
