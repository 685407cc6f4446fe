import {
  type CacheAnswered,
  type CacheFailed,
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

  pending(keys: number): void {
    if (operationsAreObserved()) this.#publish({ kind: 'cache-invalidations-pending', operation: 'invalidate', keys });
  }

  #publish(
    event:
      | Omit<CacheAnswered, 'at' | 'source'>
      | Omit<CacheFailed, 'at' | 'source'>
      | { readonly kind: 'cache-invalidations-pending'; readonly operation: string; readonly keys: number },
  ): void {
    publishOperation({ ...event, at: this.at, source: this.source });
  }
}
