import { Misuse } from '@holdfast/errors';
import { systemClock } from '@holdfast/operation';
import { AdvisoryLockNotAvailable } from '../errors/advisory-lock-not-available.js';
import type { AdvisoryLockOptions } from './advisory-lock-options.js';

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

/**
 * Asks for a lock until `attempt` resolves with what is not null. Asking again and again, where PostgreSQL could wait,
 * keeps no connection and no snapshot meanwhile: a statement that waits keeps VACUUM from its work for as long, and a
 * CREATE INDEX CONCURRENTLY under the lock would wait for it for ever.
 */
export async function untilLocked<Result>(
  name: string,
  { waitMs = Infinity, signal }: Pick<AdvisoryLockOptions, 'waitMs' | 'signal'>,
  attempt: () => Promise<Result | null>,
  random: () => number = Math.random,
): Promise<Result> {
  if (!(waitMs >= 0)) throw new Misuse('waitMs must be a number of milliseconds, at least 0.');
  const end = systemClock.now() + waitMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted();
    const result = await attempt();
    if (result !== null) return result;
    const left = end - systemClock.now();
    if (left <= 0) throw new AdvisoryLockNotAvailable(name);
    // Those who wait together shall not ask together.
    await systemClock.sleep(Math.min(left, pause * (0.5 + random() / 2)), signal ?? null);
  }
}
