import type { Deadline, EventSource, OperationLayer } from '@holdfast/operation';

/** What a policy may change for the policies inside of it; what is absent stays. */
export interface CallChanges {
  readonly attempt?: number;
  readonly signal?: AbortSignal | null;
  readonly deadline?: Deadline | null;
}

/** One call on its way through the policies to the work it is about. Immutable: a policy hands on what `with` returns. */
export interface Call {
  /** The name of the operation as written in the code, e.g. `getSessionById`. */
  readonly operation: string;
  /** Which try this is; the first one is 1. */
  readonly attempt: number;
  /** Ends waiting early. A value that has already arrived is still returned. */
  readonly signal: AbortSignal | null;
  /** The moment by which the call must have ended, retries included. */
  readonly deadline: Deadline | null;
  /** The layer of the stack's first `MetricPolicy`, or null where there is none. */
  readonly layer: OperationLayer | null;
  /** What the events of this call are published under. */
  readonly source: EventSource;

  with(changes: CallChanges): Call;
}
