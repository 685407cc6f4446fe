import { defaultLevel } from './default-level.js';
import type { Level } from './level.js';

/**
 * L0 under a caller who takes every error for a failure. Writes are there that were said not to be, or the harness does
 * not bite.
 */
export const giveUpLevel: Level = {
  name: 'give-up',
  options: () => ({ commit: 'one-trip' }),
  after(error) {
    const verdict = defaultLevel.after(error);
    return verdict === 'ambiguous' ? 'failed' : verdict;
  },
  broken: ({ duplicates, lost, failedButCommitted }) => [
    ...(failedButCommitted === 0 ? ['the harness does not bite: nothing is there that failed'] : []),
    ...(duplicates > 0 ? [`${duplicates} writes are there twice`] : []),
    ...(lost > 0 ? [`${lost} acknowledged writes are not there`] : []),
  ],
};
