import type { EventSource } from './event-source.js';
import type { OperationLayer } from './operation-layer.js';

interface CacheFacts {
  /** The layer of the cache source. */
  readonly at: OperationLayer;
  /** What was asked of it, e.g. `get`. */
  readonly operation: string;
  readonly source: EventSource;
}

/** A repository read through a cache source. */
export interface CacheAnswered extends CacheFacts {
  readonly kind: 'cache-answered';
  /**
   * `negative`: it is known not to be there. `stale`: it is older than it should be, and was served by choice. `miss`: it was
   * read from the database; `joined`: by somebody else who asked at the same time.
   */
  readonly answer: 'hit' | 'negative' | 'stale' | 'miss' | 'joined';
  /** Until the caller had its answer. */
  readonly durationMs: number;
}

/** A cache source could not do something; what that means for the caller is for who asked to say. */
export interface CacheFailed extends CacheFacts {
  readonly kind: 'cache-failed';
  readonly error: unknown;
}

/** Invalidations that could not be delivered wait for it, or wait no longer. */
export interface CacheInvalidationsPending extends CacheFacts {
  readonly kind: 'cache-invalidations-pending';
  /** How many keys wait now. */
  readonly keys: number;
}

/** A cache source was told, or was not told, which keys a write concerns. */
export interface CacheInvalidated extends CacheFacts {
  readonly kind: 'cache-invalidated';
  readonly keys: number;
  /**
   * `suspended`: it was told before the write. `delivered`: it was told after it. `failed`: it could not be told, and will be
   * later. `late`: it was told after it could not be. `expired`: it was never told, and by now nothing can be left of what it
   * had, or entries are not trusted for so long. `refused`: it could not be told, so that nothing was written.
   */
  readonly outcome: 'suspended' | 'delivered' | 'failed' | 'late' | 'expired' | 'refused';
}

/** What happens to cache sources, beside what every layer tells. */
export type CacheEvent = CacheAnswered | CacheFailed | CacheInvalidated | CacheInvalidationsPending;
