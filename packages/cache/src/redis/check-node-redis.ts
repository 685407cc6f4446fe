import { Misuse } from '@holdfast/errors';
import type { NodeRedisClient, NodeRedisCluster } from './node-redis-client.js';

/** Refuses clients whose commands wait for ever while Redis is away, or that end the process when it goes away. */
export function checkNodeRedis(client: NodeRedisClient | NodeRedisCluster): void {
  if (client.listenerCount('error') === 0) {
    throw new Misuse('The client of node-redis has no listener of "error": the next lost connection ends the process.');
  }
  if ('options' in client && client.options.disableOfflineQueue !== true) {
    throw new Misuse(
      'The client of node-redis needs disableOfflineQueue: true: otherwise commands wait while Redis is away.',
    );
  }
}
