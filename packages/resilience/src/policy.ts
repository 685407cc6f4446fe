import type { OperationLayer } from '@holdfast/operation';
import type { Call } from './call.js';

/**
 * One concern wrapped around a call. A policy has one instance for many calls that run at the same time,
 * so what it keeps in fields is shared by all of them.
 */
export interface Policy {
  /** One word for the formula of `Resilience.describe`, e.g. `retry`. */
  readonly name: string;
  /** The layer that this policy reports under, if it reports. */
  readonly layer?: OperationLayer;

  /** Answers the call, by calling `next` any number of times: not at all, once, or again. */
  execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result>;

  /** Forgets what it remembers of earlier calls. For tests; calls that run are not disturbed. */
  reset?(): void;
}
