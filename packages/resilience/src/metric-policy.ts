import {
  type Clock,
  type DomainType,
  type LayerType,
  type OperationLayer,
  operationsAreObserved,
  publishOperation,
  systemClock,
} from '@holdfast/operation';
import type { Call } from './call.js';
import type { Policy } from './policy.js';

export interface MetricArgs {
  /** The kind of the layer, e.g. `repository`. */
  readonly domain: DomainType;
  /** The name of the layer, e.g. `session_repository`. */
  readonly layer: LayerType;
  /** What durations are measured with. Default `systemClock`. */
  readonly clock?: Clock;
}

/**
 * Publishes when a call starts and how it ended on the operation channel, for whoever observes it.
 * Knows no metrics library, and steps aside while nobody observes.
 */
export class MetricPolicy implements Policy {
  readonly name = 'metrics';
  readonly layer: OperationLayer;
  readonly #clock: Clock;

  constructor(args: MetricArgs) {
    this.layer = Object.freeze({ domain: args.domain, layer: args.layer });
    this.#clock = args.clock ?? systemClock;
  }

  execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
    if (!operationsAreObserved()) return next(call);
    publishOperation({ kind: 'started', at: this.layer, operation: call.operation, source: call.source });
    const startedAt = this.#clock.now();
    return next(call).then(
      (value) => {
        this.#publishEnded(call, startedAt, null);
        return value;
      },
      (error: unknown) => {
        // Null stands for success in the event, and a promise may be rejected with it.
        this.#publishEnded(
          call,
          startedAt,
          error ?? new TypeError(`The operation was rejected with ${String(error)}.`),
        );
        throw error;
      },
    );
  }

  #publishEnded(call: Call, startedAt: number, error: unknown): void {
    publishOperation({
      kind: 'ended',
      at: this.layer,
      operation: call.operation,
      source: call.source,
      durationMs: this.#clock.now() - startedAt,
      error,
    });
  }
}
