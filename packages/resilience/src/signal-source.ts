/** What a signal can be had from: it need not be made before somebody looks at it. */
export interface SignalSource {
  readonly signal: AbortSignal | null;
  /** Whether the signal has aborted, or would have, had anybody looked at it. */
  readonly isAborted: boolean;
  /** The signal for whoever ends at the deadline by itself. Absent where it is the same. */
  readonly signalBesideDeadline?: AbortSignal | null;
}
