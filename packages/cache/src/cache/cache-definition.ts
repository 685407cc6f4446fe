import type { LayerType } from '@holdfast/operation';
import type { CacheLifetimes } from '../cache-lifetimes.js';
import type { CacheCodec } from '../codec/cache-codec.js';
import type { CacheKeyParts } from '../key/cache-key.js';

/** What a domain says of the values that it has cached, wherever that is. */
export interface CacheDefinition<Key, Value> {
  /** The layer of its metrics, e.g. `agent_cache_source`. */
  readonly layer: LayerType;
  /** What the values are, e.g. `agent`: a part of their keys. */
  readonly entity: string;
  /** Where the entry of a key is filed. */
  readonly keyOf: (key: Key) => CacheKeyParts;
  readonly lifetimes: CacheLifetimes;
  /** How a server keeps the values. Where they stay in memory it is not used. */
  readonly codec: CacheCodec<Value>;
}
