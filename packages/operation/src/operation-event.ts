import type { Outcome } from '@holdfast/errors';
import type { OperationLayer } from './operation-layer.js';

/** Who published an event: the object to filter by where two applications share a process. */
export type EventSource = object | null;

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
}

/** An attempt has failed, and there will be another one. */
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

/**
 * A Database took longer for something than it was told to expect. No values are in it, and no SQL; what it failed with,
 * if it did, is as in every event for those who know what their errors hold.
 */
export interface OperationSlow {
  readonly kind: 'slow';
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
export type OperationEvent = OperationStarted | OperationEnded | OperationRetried | OperationSlow | CommitResolved;
