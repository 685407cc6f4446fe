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
import type { Answer, Way } from './direct/answer.js';
import { DirectPolicy } from './direct/direct-policy.js';

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
export class MetricPolicy extends DirectPolicy {
  readonly name = 'metrics';
  readonly layer: OperationLayer;
  readonly #clock: Clock;

  constructor(args: MetricArgs) {
    super();
    this.layer = Object.freeze({ domain: args.domain, layer: args.layer });
    this.#clock = args.clock ?? systemClock;
  }

  start(call: Call, next: Way, answer: Answer): void {
    if (!operationsAreObserved()) return next(call, answer);
    publishOperation({ kind: 'started', at: this.layer, operation: call.operation, source: call.source });
    next(call, new MeasuredAnswer(call, this.layer, this.#clock, answer));
  }
}

/** Tells how a call has ended before anybody else hears of it. */
class MeasuredAnswer implements Answer {
  readonly #call: Call;
  readonly #at: OperationLayer;
  readonly #clock: Clock;
  readonly #answer: Answer;
  readonly #startedAt: number;

  constructor(call: Call, at: OperationLayer, clock: Clock, answer: Answer) {
    this.#call = call;
    this.#at = at;
    this.#clock = clock;
    this.#answer = answer;
    this.#startedAt = clock.now();
  }

  give(value: unknown): void {
    this.#publishEnded(null);
    this.#answer.give(value);
  }

  fail(error: unknown): void {
    // Null stands for success in the event, and a promise may be rejected with it.
    this.#publishEnded(error ?? new TypeError(`The operation was rejected with ${String(error)}.`));
    this.#answer.fail(error);
  }

  #publishEnded(error: unknown): void {
    const { operation, source } = this.#call;
    const durationMs = this.#clock.now() - this.#startedAt;
    publishOperation({ kind: 'ended', at: this.#at, operation, source, durationMs, error });
  }
}
