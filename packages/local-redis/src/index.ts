export { startRedis } from './start-redis.js';
export { startRedisCluster } from './start-redis-cluster.js';
export { moveSlot, takeOver } from './cluster-changes.js';
export { startSlowProxy } from './slow-proxy.js';
export { redisIsInstalled } from './redis-binary.js';
export { RedisNotStarted } from './redis-not-started.js';

export type { RedisAnswer, RedisServer } from './redis-server.js';
export type { RedisCluster, RedisClusterArgs } from './start-redis-cluster.js';
export type { SlotMove } from './cluster-changes.js';
export type { RedisSettings } from './start-redis.js';
export type { SlowProxy } from './slow-proxy.js';
