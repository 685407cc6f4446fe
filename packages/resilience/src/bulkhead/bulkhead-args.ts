import type { Clock } from '@holdfast/operation';

export interface BulkheadArgs {
  /** How many calls may run at the same time. An integer from 1. */
  readonly maxConcurrent: number;
  /** How many more may wait for their turn. An integer from 0. Default 0. */
  readonly maxQueued?: number;
  /** How long one of them may wait, in milliseconds above 0; null waits for as long as the call's deadline lets it. Default null. */
  readonly maxWaitMs?: number | null;
  /** The name of the bulkhead in figures and errors. Default `bulkhead`. */
  readonly label?: string;
  /** Default `systemClock`. */
  readonly clock?: Clock;
}
