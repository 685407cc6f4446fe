import type { CacheAnswer, CacheLease } from './cache-answer.js';
import type { CacheTelling } from './cache-telling.js';

/**
 * Where copies of what a database holds are kept. It knows no database: a repository asks it, asks its db source where
 * there is nothing, and offers it what it read (`readThrough`).
 *
 * What is promised of each source: a value that was read before a write is not stored after the `invalidate` of that write,
 * and not while its keys are suspended. That is why nothing can be stored without the lease that was given before the
 * database was read.
 */
export interface CacheSource<Key, Value> {
  /** Who tells what happens to it; absent for sources within others. */
  readonly telling?: CacheTelling;
  /** The same for equal keys, and for no others. */
  textOf(key: Key): string;
  /** What is stored, or a lease to store it. */
  get(key: Key): Promise<CacheAnswer<Value>>;
  /** The same of many keys, in their order, with as few trips as may be. */
  getMany(keys: readonly Key[]): Promise<readonly CacheAnswer<Value>[]>;
  /**
   * Stores what was read after the lease was given: null for what is not there. Whether it was stored: not where there was
   * an invalidation in between, where somebody else has used the lease, where it is too old, or where it was lost.
   */
  fill(key: Key, lease: CacheLease, value: Value | null): Promise<boolean>;
  /** Removes what is stored, and ends leases. For after a write. */
  invalidate(keys: readonly Key[]): Promise<void>;
  /**
   * Invalidates before a write, and lets nothing be stored until it is resumed: what is read meanwhile may be from before
   * the write. It ends by itself after the time that the source is given for it.
   *
   * `begun` is given what ends it before another machine is asked, which may do it though no answer comes.
   */
  suspend(keys: readonly Key[], begun?: (suspension: CacheSuspension) => void): Promise<CacheSuspension>;
}

/** The entries of one entity, by the keys of its domain. */
export interface EntityCacheSource<Key, Value> extends CacheSource<Key, Value> {
  /** Suspends all keys of a tenant: for a write that does not know what it changes. Null: all that belong to nobody. */
  suspendAll(tenant: string | null): Promise<CacheSuspension>;
}

/** Keys that nothing can be stored for. */
export interface CacheSuspension {
  /** The write is known to be over, whether it was committed or not: invalidates, and lets new leases be given. */
  resume(): Promise<void>;
}
