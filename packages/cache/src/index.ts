export { readThrough } from './read/read-through.js';
export { readManyThrough } from './read/read-many-through.js';
export { invalidating } from './write/invalidating.js';
export { NoCache } from './cache/no-cache.js';
export { MemoryCache } from './cache/memory-cache.js';
export { RedisCache } from './cache/redis-cache.js';
export { TwoTierCache } from './cache/two-tier-cache.js';
export { valueCodec } from './codec/value-codec.js';
export { CacheUnavailable } from './cache-unavailable.js';

export type { Cache } from './cache/cache.js';
export type { CacheDefinition } from './cache/cache-definition.js';
export type { CacheKeyParts } from './key/cache-key.js';
export type { CacheLifetimes } from './cache-lifetimes.js';
export type { CacheSource, CacheSuspension } from './cache-source.js';
export type { CacheAnswer, CacheLease } from './cache-answer.js';
export type { CacheCodec } from './codec/cache-codec.js';
export type { ValueCodecArgs } from './codec/value-codec.js';
export type { ReadThroughOptions } from './read/value-of.js';
export type { MemoryCacheArgs } from './cache/memory-cache.js';
export type { RedisCacheArgs } from './cache/redis-cache.js';
export type { TwoTierCacheArgs } from './cache/two-tier-cache.js';
export type { GuardArgs } from './guard/guarded-cache-source.js';

export { StatefulSource } from './stateful/stateful-source.js';
export { StateUnavailable } from './stateful/state-unavailable.js';

export type { StatefulSourceArgs } from './stateful/stateful-source.js';
export type { Liveness, LivenessAnswer, LivenessReport, LivenessState } from './stateful/liveness.js';

export { ioredisPort } from './redis/ioredis-port.js';
export { nodeRedisPort } from './redis/node-redis-port.js';
export { RedisBacklogFull } from './redis/redis-backlog-full.js';
export { RedisTimeout } from './redis/redis-timeout.js';

export type { RedisAdapterOptions } from './redis/redis-adapter-options.js';
export type { IoredisClient, IoredisCluster } from './redis/ioredis-client.js';
export type { NodeRedisClient, NodeRedisCluster } from './redis/node-redis-client.js';

// For adapters of clients, and for sources of your own.
export { cacheKey } from './key/cache-key.js';
export { MemoryCacheSource } from './memory/memory-cache-source.js';
export { RedisCacheSource } from './redis/redis-cache-source.js';
export { CodedCacheSource } from './codec/coded-cache-source.js';
export { GuardedCacheSource } from './guard/guarded-cache-source.js';
export { TwoTierCacheSource } from './two-tier/two-tier-cache-source.js';
export { Invalidations } from './two-tier/invalidations.js';
export { NoCacheSource } from './no-cache-source.js';
export { CacheTelling } from './cache-telling.js';
export { redisScript } from './redis/redis-script.js';

export type { MemoryCacheSourceArgs } from './memory/memory-cache-source.js';
export type { RedisCacheSourceArgs } from './redis/redis-cache-source.js';
export type { InvalidationsArgs } from './two-tier/invalidations.js';
export type { RedisListener, RedisPort, RedisReply, RedisSetOptions, RedisSubscription } from './redis/redis-port.js';
export type { RedisScript } from './redis/redis-script.js';
