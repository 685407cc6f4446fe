import type { AmbientCall, CallEvent, Clock, Deadline, EventSource, OperationLayer } from '@holdfast/operation';
import type { Hold } from './hold.js';
import type { SignalSource } from './signal-source.js';

/** What a policy may change for the policies inside of it; what is absent stays. */
export interface CallChanges {
  readonly attempt?: number;
  /** A signal, or what makes one when somebody first looks at it: a `LazySignal`, for instance. */
  readonly signal?: AbortSignal | SignalSource | null;
  readonly deadline?: Deadline | null;
  /** Says that this is an attempt, which is made again where it fails, unless something of it was committed. */
  readonly isRetried?: true;
  /** What is held for the call from now on, beside what is held already. */
  readonly hold?: Hold;
  /** Hears what the policies inside tell of this call, before those further out do. It must not throw. */
  readonly listener?: (event: CallEvent) => void;
}

/**
 * One call on its way through the policies to the work it is about. Immutable: a policy hands on what `with` returns.
 * While the work runs, it is the ambient call of all that the work awaits.
 */
export interface Call extends AmbientCall {
  /** The name of the operation as written in the code, e.g. `getSessionById`. */
  readonly operation: string;
  /** Which try this is; the first one is 1. */
  readonly attempt: number;
  /** Ends waiting early. A value that has already arrived is still returned. */
  readonly signal: AbortSignal | null;
  /** Whether the signal has aborted. Cheaper than looking at the signal, which may be made for that. */
  readonly isAborted: boolean;
  /** The moment by which the call must have ended, retries included. */
  readonly deadline: Deadline | null;
  /** Whether something was committed, or may have been, in this attempt of a retry: it cannot be made again. */
  readonly hasCommitted: boolean;
  /** Whether a policy further out, be it of another stack around this one, makes the call again where it fails. */
  readonly isRetried: boolean;
  /** The layer of the stack's first `MetricPolicy`, or null where there is none. */
  readonly layer: OperationLayer | null;
  /** What the events of this call are published under. */
  readonly source: EventSource;
  /** The same object for whatever is made of this call, its attempts for instance. */
  readonly root: object;
  /** Whether it is a part of an open dbSession. */
  readonly isInSession: boolean;
  /** Whether anybody would get what `tell` is given; ask before building an event on a hot path. */
  readonly isHeard: boolean;

  /** What the clock says. Policies that a call goes through one right after the other share one reading. */
  now(clock: Clock): number;
  /** Whether this policy holds something for the call, or for one that it is a part of. */
  isHeldBy(policy: object): boolean;
  /** Says that `work` goes on though the call is answered: what is held for the call is given back when it has settled. */
  leave(work: Promise<unknown>): void;
  with(changes: CallChanges): Call;
}
