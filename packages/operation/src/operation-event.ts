import type { Outcome } from '@holdfast/errors';
import type { CacheEvent } from './cache-event.js';
import type { EventSource } from './event-source.js';
import type { OperationLayer } from './operation-layer.js';

/** A layer was asked for something. */
export interface OperationStarted {
  readonly kind: 'started';
  readonly at: OperationLayer;
  /** As written in the code, e.g. `getSessionById`. */
  readonly operation: string;
  readonly source: EventSource;
}

/** It has succeeded or failed: what lies within the layer, retries for one, is included. */
export interface OperationEnded {
  readonly kind: 'ended';
  readonly at: OperationLayer;
  readonly operation: string;
  readonly source: EventSource;
  readonly durationMs: number;
  /** What it failed with, or null if it succeeded. */
  readonly error: unknown;
  /** Given where the caller's signal ended it: `error` is its reason, whatever that is. */
  readonly isCanceled?: true;
}

/** An attempt has failed, and another one is arranged. A signal that aborts before its delay is over may still prevent it. */
export interface OperationRetried {
  readonly kind: 'retried';
  readonly at: OperationLayer | null;
  readonly operation: string;
  readonly source: EventSource;
  /** The attempt that failed; the first one is 1. */
  readonly attempt: number;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
  readonly error: unknown;
}

/** An attempt has failed in a way that another one might mend, and there will be none. */
export interface OperationGivenUp {
  readonly kind: 'given-up';
  readonly at: OperationLayer | null;
  readonly operation: string;
  readonly source: EventSource;
  /** How many attempts were made. */
  readonly attempts: number;
  /**
   * What was used up, or came in between: `deadline` where the next delay would not have fitted before it, `committed` where
   * something that the attempt did stands, so that it cannot be made again as a whole.
   */
  readonly reason: 'attempts' | 'deadline' | 'budget' | 'signal' | 'committed';
  /** The last real error: what the caller sees. */
  readonly error: unknown;
}

/** A call had no answer within the time that a policy gives it. */
export interface OperationTimedOut {
  readonly kind: 'timed-out';
  readonly at: OperationLayer | null;
  readonly operation: string;
  readonly source: EventSource;
  readonly timeoutMs: number;
}

/** A policy did not let a call through: its circuit is open, or there is no room. */
export interface OperationRejected {
  readonly kind: 'rejected';
  readonly at: OperationLayer | null;
  readonly operation: string;
  readonly source: EventSource;
  /** The name of the policy, e.g. `circuit-breaker`. */
  readonly policy: string;
  readonly error: unknown;
}

/** A call failed, and was answered in another way. */
export interface OperationFellBack {
  readonly kind: 'fell-back';
  readonly at: OperationLayer | null;
  readonly operation: string;
  readonly source: EventSource;
  /** What it would have failed with. */
  readonly error: unknown;
}

/** What a circuit breaker does with calls: `isolated` is open until somebody says otherwise. */
export type BreakerState = 'closed' | 'open' | 'half-open' | 'isolated';

/** A circuit breaker let calls through and does so no longer, or the other way round. */
export interface BreakerChanged {
  readonly kind: 'breaker-changed';
  /** The layer and the operation of the call that was the cause; null and empty where somebody did it by hand. */
  readonly at: OperationLayer | null;
  readonly operation: string;
  readonly source: EventSource;
  /** The name of the breaker. */
  readonly breaker: string;
  readonly from: BreakerState;
  readonly to: BreakerState;
}

/** A transaction collided with another one, and its Database makes it again. */
export interface OperationReplayed {
  readonly kind: 'replayed';
  /** It is part of whatever layer asked for it. */
  readonly at: null;
  /** What is made again: the name of a spec, e.g. `update`, or of a dbSession. */
  readonly operation: string;
  /** The Database. */
  readonly source: EventSource;
  /** The attempt that collided; the first one is 1. */
  readonly attempt: number;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
  readonly error: unknown;
}

/** What a Database did for one operation. No values are in it, and no SQL. */
export interface OperationExecuted {
  readonly kind: 'executed';
  /** It is part of whatever layer asked for it. */
  readonly at: null;
  /** What was asked for: the name of a spec, e.g. `search`, or of a dbSession. */
  readonly operation: string;
  /** The Database. */
  readonly source: EventSource;
  /** The entity that it was for, the last one where there were several; null where that is not known. */
  readonly entity: string | null;
  /** From the call to its end, attempts and delays included. */
  readonly durationMs: number;
  /** How long of it there was no connection. */
  readonly waitedMs: number;
  /** Statements that the server completed, BEGIN, COMMIT and settings among them. */
  readonly statements: number;
  /** What it failed with, or null if it succeeded. */
  readonly error: unknown;
}

/**
 * A Database took longer for something than it was told to expect. What it failed with, if it did, is as in every event for
 * those who know what their errors hold.
 */
export interface OperationSlow extends Omit<OperationExecuted, 'kind'> {
  readonly kind: 'slow';
}

/** The answer to a COMMIT, or to a write that commits itself, was lost, and what became of it was asked of the database. */
export interface CommitResolved {
  readonly kind: 'commit-resolved';
  /** It is part of whatever layer asked for it. */
  readonly at: null;
  /** What was committed: the name of a spec, e.g. `update`, or of a dbSession. */
  readonly operation: string;
  /** The Database. */
  readonly source: EventSource;
  /** `unknown` where it could not be found out: the caller gets an AmbiguousCommitError. */
  readonly verdict: Outcome;
  /** From the loss of the connection to the verdict. */
  readonly durationMs: number;
}

/** What happens to operations, published on the channel `holdfast:operation`. */
export type OperationEvent =
  | OperationStarted
  | OperationEnded
  | OperationRetried
  | OperationGivenUp
  | OperationTimedOut
  | OperationRejected
  | OperationFellBack
  | BreakerChanged
  | OperationReplayed
  | OperationExecuted
  | OperationSlow
  | CommitResolved
  | CacheEvent;

type Facts<Event> = Event extends OperationEvent ? Omit<Event, 'at' | 'operation' | 'source'> : never;

/** An event as the call tells it that it belongs to, which knows the rest. */
export type CallEvent = Facts<
  | OperationRetried
  | OperationGivenUp
  | OperationTimedOut
  | OperationRejected
  | OperationFellBack
  | BreakerChanged
  | OperationReplayed
>;
