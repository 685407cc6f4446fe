import {
  type Clock,
  type DomainType,
  type LayerType,
  type OperationLayer,
  operationsAreObserved,
  publishOperation,
  systemClock,
} from '@holdfast/operation';
import type { Call } from '../call.js';
import { checkArgument } from '../check-argument.js';
import type { Answer, Way } from '../direct/answer.js';
import { DirectPolicy } from '../direct/direct-policy.js';
import { MeasuredAnswer } from './measured-answer.js';

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

  /** Throws Misuse where the layer has no name. */
  constructor(args: MetricArgs) {
    super();
    for (const name of ['domain', 'layer'] as const) {
      checkArgument('MetricPolicy', typeof args[name] === 'string' && args[name] !== '', name, 'a name', args[name]);
    }
    this.layer = Object.freeze({ domain: args.domain, layer: args.layer });
    this.#clock = args.clock ?? systemClock;
  }

  start(call: Call, next: Way, answer: Answer): void {
    if (!operationsAreObserved()) return next(call, answer);
    publishOperation({ kind: 'started', at: this.layer, operation: call.operation, source: call.source });
    next(call, new MeasuredAnswer(call, this.layer, this.#clock, answer));
  }
}
