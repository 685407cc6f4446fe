import { describe, expect, it } from '@jest/globals';
import type { Incarnation } from '../../src/commit/incarnation.js';
import { type TransactionStatus, verdict } from '../../src/commit/verdict.js';

const began: Incarnation = { cluster: '1', epoch: '00000001/5.5' };
const lives = {
  'the same life': { cluster: '1', epoch: '00000001/5.5' },
  'after a crash, or a reset of the statistics': { cluster: '1', epoch: '00000001/6.5' },
  'after a failover': { cluster: '1', epoch: '00000002/5.5' },
  'another cluster': { cluster: '2', epoch: '00000001/5.5' },
  'another cluster in another epoch': { cluster: '2', epoch: '00000002/6.5' },
} satisfies Record<string, Incarnation>;

type Row = readonly [keyof typeof lives, TransactionStatus, ReturnType<typeof verdict>];
const other = (life: keyof typeof lives): readonly Row[] => [
  // The id may have been given to somebody else since.
  [life, 'committed', 'unknown'],
  [life, 'aborted', 'not-committed'],
  // It may be somebody else's, and may be ours, if only the statistics were reset.
  [life, 'in progress', 'wait'],
  [life, 'future', 'not-committed'],
  [life, null, 'unknown'],
];
const foreign = (life: keyof typeof lives): readonly Row[] =>
  (['committed', 'aborted', 'in progress', 'future', null] as const).map((status) => [life, status, 'unknown']);

const table: readonly Row[] = [
  ['the same life', 'committed', 'committed'],
  ['the same life', 'aborted', 'not-committed'],
  ['the same life', 'in progress', 'wait'],
  // It has been given out: so this cannot be.
  ['the same life', 'future', 'unknown'],
  // Longer ago than the server remembers.
  ['the same life', null, 'unknown'],
  ...other('after a crash, or a reset of the statistics'),
  ...other('after a failover'),
  ...foreign('another cluster'),
  ...foreign('another cluster in another epoch'),
];

describe('The verdict on a transaction', () => {
  it.each(table)('in %s, of which the server says %s, is %s', (life, status, expected) => {
    expect(verdict(began, lives[life], status)).toBe(expected);
  });

  it('is that it was committed in one case only', () => {
    expect(table.filter(([, , expected]) => expected === 'committed')).toEqual([
      ['the same life', 'committed', 'committed'],
    ]);
  });
});
