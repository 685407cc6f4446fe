import type { OperationLayer } from './operation-layer.js';

/** Who published an event: the object to filter by where two applications share a process. */
export type EventSource = object | null;

export interface OperationStarted {
  readonly kind: 'started';
  readonly at: OperationLayer;
  /** As written in the code, e.g. `getSessionById`. */
  readonly operation: string;
  readonly source: EventSource;
}

export interface OperationEnded {
  readonly kind: 'ended';
  readonly at: OperationLayer;
  readonly operation: string;
  readonly source: EventSource;
  readonly durationMs: number;
  /** What it failed with, or null if it succeeded. */
  readonly error: unknown;
}

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

/** What happens to operations, published on the channel `holdfast:operation`. */
export type OperationEvent = OperationStarted | OperationEnded | OperationRetried;
