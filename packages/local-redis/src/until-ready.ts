import { setTimeout as delay } from 'node:timers/promises';
import { RedisNotStarted } from './redis-not-started.js';

const LIMIT_MS = 30_000;
const EVERY_MS = 5;

/** Waits until a server is as it should be. Throws RedisNotStarted after half a minute. */
export async function untilReady(holds: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + LIMIT_MS;
  while (!(await holds())) {
    if (performance.now() > patience) throw new RedisNotStarted(`it was not ready within ${LIMIT_MS} ms.`);
    await delay(EVERY_MS);
  }
}
