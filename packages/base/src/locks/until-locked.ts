import { Misuse } from '@holdfast/errors';
import { systemClock } from '@holdfast/operation';
import { AdvisoryLockNotAvailable } from '../errors/advisory-lock-not-available.js';
import { DeadlineExceeded } from '../errors/deadline-exceeded.js';
import { reasonOf } from '../wire/reason-of.js';
import type { LockLimits } from './lock-limits.js';

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

/**
 * Asks for a lock until `attempt` resolves with what is not null. Asking again and again, where PostgreSQL could wait,
 * keeps no connection and no snapshot meanwhile: a statement that waits keeps VACUUM from its work for as long, and a
 * CREATE INDEX CONCURRENTLY under the lock would wait for it for ever.
 */
export async function untilLocked<Result>(
  name: string,
  { waitMs = Infinity, signal, deadline = null }: Pick<LockLimits, 'waitMs' | 'signal' | 'deadline'>,
  attempt: () => Promise<Result | null>,
  random: () => number = Math.random,
): Promise<Result> {
  if (!(waitMs >= 0)) throw new Misuse('waitMs must be a number of milliseconds, at least 0.');
  const end = systemClock.now() + waitMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    if (signal?.aborted === true) throw reasonOf(signal, true);
    if (deadline?.passed === true) throw new DeadlineExceeded({ isOverload: true });
    const result = await attempt();
    if (result !== null) return result;
    const leftMs = end - systemClock.now();
    if (leftMs <= 0) throw new AdvisoryLockNotAvailable(name);
    // Those who wait together shall not ask together.
    const pauseMs = Math.min(leftMs, deadline?.remainingMs ?? Infinity, pause * (0.5 + random() / 2));
    await systemClock.sleep(pauseMs, signal ?? null).catch(() => {}); // It aborted.
  }
}
