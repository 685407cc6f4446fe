import { operationKey } from '@holdfast/base';
import { unscoped } from '@holdfast/querier';
import { tagName } from '../check/effects.js';
import { defaultLevel } from './default-level.js';
import type { Level } from './level.js';

const oneLedger = unscoped('the tags of all writers differ');

/** L3: each write has an operation key of its own, and a caller who sends it again with that key until it is answered. */
export const operationKeyLevel: Level = {
  name: 'L3',
  options: (write) => ({
    operationKey: operationKey(tagName(write), { scope: oneLedger, keepResult: write.kind === 'post' }),
  }),
  after(error) {
    const verdict = defaultLevel.after(error);
    return verdict === 'ambiguous' ? 'again' : verdict;
  },
  broken: (report) => [
    ...defaultLevel.broken(report),
    ...(report.ambiguous > 0 ? [`${report.ambiguous} writes are ambiguous`] : []),
  ],
};
