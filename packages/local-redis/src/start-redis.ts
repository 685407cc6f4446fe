import { freePort } from './free-port.js';
import { redisBinary } from './redis-binary.js';
import { RedisKeeper } from './redis-keeper.js';
import type { RedisServer } from './redis-server.js';
import { StartedRedis } from './started-redis.js';

const PORT_ATTEMPTS = 5;

/** Further settings of a server, as `redis.conf` names them, e.g. `{ maxmemory: '10mb' }`. */
export type RedisSettings = Readonly<Record<string, string | number>>;

/**
 * Starts the Redis of this machine (`redis-server`, or the program that REDIS_SERVER names) on a free port of the loopback
 * interface. Nothing is written to disk. It ends with this process, however that ends, and does not keep it alive.
 * Throws RedisNotStarted.
 */
export async function startRedis(settings: RedisSettings = {}): Promise<RedisServer> {
  // Between finding a free port and listening on it, somebody else may take it.
  for (let attempt = 1; ; attempt += 1) {
    const keeper = new RedisKeeper(redisBinary());
    const server = new StartedRedis(keeper, await freePort(), redisArguments(settings));
    try {
      await server.restart();
      return server;
    } catch (error) {
      await keeper.finish();
      if (attempt === PORT_ATTEMPTS || !String(error).includes('in use')) throw error;
    }
  }
}

export function redisArguments(settings: RedisSettings): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
