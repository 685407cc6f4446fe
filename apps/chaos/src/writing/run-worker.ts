import { setTimeout as delay } from 'node:timers/promises';
import { isHoldfastError } from '@holdfast/errors';
import type { LedgerRepository } from '../ledger/ledger-repository.js';
import type { Level } from '../levels/level.js';
import type { SeededRandom } from '../seeded-random.js';
import { performWrite } from './perform-write.js';
import type { Write } from './write.js';
import type { WriteOutcome } from './write-outcome.js';

/** Beyond them a caller has given up. */
const MOST_ATTEMPTS = 100;
const FIRST_DELAY_MS = 20;
const LONGEST_DELAY_MS = 400;

export interface WorkerArgs {
  readonly ledger: LedgerRepository;
  readonly level: Level;
  readonly writes: readonly Write[];
  readonly random: SeededRandom;
  /** Ends it between two attempts. */
  readonly signal: AbortSignal;
  /** Told of each write when its caller is. */
  readonly ended: (outcome: WriteOutcome, error: unknown) => void;
}

/** Makes the writes of one worker, one after the other, as a caller at that level does. */
export async function runWorker({ ledger, level, writes, random, signal, ended }: WorkerArgs): Promise<void> {
  for (const write of writes) {
    const options = level.options(write);
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        const returned = await performWrite(ledger, write, options);
        ended({ write, told: 'acknowledged', returned }, null);
        break;
      } catch (error) {
        const verdict = level.after(error);
        if (verdict !== 'again' || attempt === MOST_ATTEMPTS) {
          ended({ write, told: verdict === 'again' ? lastWord(error) : verdict, returned: null }, error);
          break;
        }
        await delay(random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt));
      }
    }
  }
}

/** What a caller knows who has given up. */
function lastWord(error: unknown): WriteOutcome['told'] {
  return isHoldfastError(error) && error.outcome === 'unknown' ? 'ambiguous' : 'failed';
}
