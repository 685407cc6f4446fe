import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerRepository } from '../ledger/ledger-repository.js';
import type { Level } from '../levels/level.js';
import { seededRandom } from '../seeded-random.js';
import { runWorker, type WorkerArgs } from './run-worker.js';
import type { Write } from './write.js';

/** Longer than it takes to find out what became of a commit. */
const PATIENCE_MS = 15_000;

/** All workers of a run, at work. */
export interface Workers {
  /** Resolves when all writes have ended. */
  readonly done: Promise<unknown>;
  /** Lets them end what they are at; resolves when they have, or when that takes too long. */
  stop(): Promise<void>;
}

/** Sets a worker to each of the plans. */
export function runWorkers(
  plans: readonly (readonly Write[])[],
  ledger: LedgerRepository,
  level: Level,
  seed: number,
  ended: WorkerArgs['ended'],
): Workers {
  const over = new AbortController();
  const working = plans.map((writes, worker) => {
    const random = seededRandom(seed, `delays of ${worker}`);
    return runWorker({ ledger, level, writes, random, signal: over.signal, ended });
  });
  return {
    done: Promise.all(working),
    async stop() {
      over.abort();
      const impatience = new AbortController();
      const { signal } = impatience;
      const late = delay(PATIENCE_MS, null, { signal }).catch(() => {});
      await Promise.race([Promise.allSettled(working), late]);
      impatience.abort();
    },
  };
}
