import { spawnSync } from 'node:child_process';

/** The server's program: `REDIS_SERVER` (e.g. `valkey-server`, or a path), else `redis-server`. */
export function redisBinary(): string {
  return process.env['REDIS_SERVER'] ?? 'redis-server';
}

/** Whether the program is there and can be started, so that tests on Redis can be left out where it is not. */
export function redisIsInstalled(): boolean {
  return spawnSync(redisBinary(), ['--version'], { stdio: 'ignore' }).status === 0;
}
