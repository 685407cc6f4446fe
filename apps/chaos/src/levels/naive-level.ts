import type { Level } from './level.js';

/** L0 under a caller who sends whatever failed again. Writes are made twice, or the harness does not bite. */
export const naiveLevel: Level = {
  name: 'naive',
  options: () => ({ commit: 'one-trip' }),
  after: () => 'again',
  broken: ({ duplicates, lost }) => [
    ...(duplicates === 0 ? ['the harness does not bite: no write is there twice'] : []),
    ...(lost > 0 ? [`${lost} acknowledged writes are not there`] : []),
  ],
};
