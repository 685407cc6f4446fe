/** What every operation may be told. */
export interface CallOptions {
  /**
   * Ends the call with the signal's reason: while it waits for a connection, before what is not sent yet, and while a
   * statement runs, which the database is then asked to cancel. Its answer decides: a write that was stored all the same
   * is returned as such, and one that is reported as given up is not stored. A COMMIT that was sent is waited for.
   */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds from now by which the call must have its answer; when they have passed it ends as by `signal`, with
   * DeadlineExceeded. Where a call is retried, each attempt has that long.
   */
  readonly deadlineMs?: number;
}
