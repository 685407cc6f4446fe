import type { LayerType } from '@holdfast/operation';

/** What a domain says of the copies of its rows. */
export interface CachedRows<Data = unknown> {
  /** The layer of their metrics, e.g. `agent_cache_source`. */
  readonly layer: LayerType;
  /** What they are, e.g. `agent`: a part of their keys. */
  readonly entity: string;
  /** What its ids are. */
  readonly idType: 'uuid' | 'text';
  /** Raise it when the shape of the data changes: what was stored in another one is then not there. */
  readonly version: number;
  /** The property of specs that is the id, where upserts go by it. Default: an upsert may change any row. */
  readonly upsertsBy?: string;
  /** Whether a copy of these data may be stored, in plain text. Default: of all. */
  readonly mayStore?: (data: Data) => boolean;
  /** How long a copy lives, in milliseconds: how old it may get where its invalidation was lost. Default 60 000. */
  readonly ttlMs?: number;
}
