/** What every operation may be told. */
export interface CallOptions {
  /** Ends the call early. A result that has already arrived is still returned. */
  readonly signal?: AbortSignal;
  /** Milliseconds from now by which the call must have ended, waiting and retries included. */
  readonly deadlineMs?: number;
}
