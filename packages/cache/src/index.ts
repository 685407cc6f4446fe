export type { CacheSource, CacheSuspension } from './cache-source.js';
export type { CacheAnswer, CacheLease } from './cache-answer.js';

export { ioredisPort } from './redis/ioredis-port.js';
export { nodeRedisPort } from './redis/node-redis-port.js';
export { RedisBacklogFull } from './redis/redis-backlog-full.js';
export { RedisTimeout } from './redis/redis-timeout.js';

export type { RedisAdapterOptions } from './redis/redis-adapter-options.js';
export type { IoredisClient, IoredisCluster } from './redis/ioredis-client.js';
export type { NodeRedisClient, NodeRedisCluster } from './redis/node-redis-client.js';

// For adapters of clients, and for sources of your own.
export { redisScript } from './redis/redis-script.js';

export type { RedisListener, RedisPort, RedisReply, RedisSetOptions, RedisSubscription } from './redis/redis-port.js';
export type { RedisScript } from './redis/redis-script.js';
