import { EntityNotFound } from '@holdfast/errors';
import type { Level } from './level.js';

/** L0 under a caller who sends again whatever failed, unless a row was not there. Writes are made twice, or the harness does not bite. */
export const naiveLevel: Level = {
  name: 'naive',
  options: () => ({ commit: 'one-trip' }),
  after: (error) => (error instanceof EntityNotFound ? 'failed' : 'again'),
  broken: ({ duplicates, lost }) => [
    ...(duplicates === 0 ? ['the harness does not bite: no write is there twice'] : []),
    ...(lost > 0 ? [`${lost} acknowledged writes are not there`] : []),
  ],
};
