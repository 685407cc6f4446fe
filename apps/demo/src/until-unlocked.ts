import { LockNotAvailable, MigrationFailed } from '@holdfast/base';

/** Each takes as long as the pool's lock timeout: a minute in all. */
const MOST_ATTEMPTS = 20;

/** Makes a unit of work again for as long as another demo on the same database holds the lock that it needs. */
export async function untilUnlocked<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const cause = error instanceof MigrationFailed ? error.cause : error;
      if (!(cause instanceof LockNotAvailable) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
