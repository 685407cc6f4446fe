import {
  type CacheAnswered,
  type CacheEvent,
  type CacheInvalidated,
  type EventSource,
  type OperationLayer,
  operationsAreObserved,
  publishOperation,
} from '@holdfast/operation';

/** Tells observers of operations what happens to one cache source. */
export class CacheTelling {
  readonly at: OperationLayer;
  readonly source: EventSource;

  constructor(layer: string, source: EventSource = null) {
    this.at = Object.freeze({ domain: 'cache_source', layer });
    this.source = source;
  }

  answered(answer: CacheAnswered['answer'], durationMs: number): void {
    if (operationsAreObserved()) this.#publish({ kind: 'cache-answered', operation: 'get', answer, durationMs });
  }

  failed(operation: string, error: unknown): void {
    if (operationsAreObserved()) this.#publish({ kind: 'cache-failed', operation, error });
  }

  invalidated(operation: string, keys: number, outcome: CacheInvalidated['outcome']): void {
    if (operationsAreObserved()) this.#publish({ kind: 'cache-invalidated', operation, keys, outcome });
  }

  pending(keys: number): void {
    if (operationsAreObserved()) this.#publish({ kind: 'cache-invalidations-pending', operation: 'invalidate', keys });
  }

  #publish(event: Facts<CacheEvent>): void {
    publishOperation({ ...event, at: this.at, source: this.source } as CacheEvent);
  }
}

type Facts<Event> = Event extends CacheEvent ? Omit<Event, 'at' | 'source'> : never;
