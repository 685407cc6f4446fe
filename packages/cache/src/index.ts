export type { CacheSource, CacheSuspension } from './cache-source.js';
export type { CacheAnswer, CacheLease } from './cache-answer.js';

// For adapters of clients, and for sources of your own.
export { redisScript } from './redis/redis-script.js';

export type { RedisListener, RedisPort, RedisReply, RedisSetOptions, RedisSubscription } from './redis/redis-port.js';
export type { RedisScript } from './redis/redis-script.js';
