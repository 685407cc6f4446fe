import { describe, expect, it } from '@jest/globals';
import { readChaosArgs } from '../src/read-chaos-args.js';

describe('readChaosArgs', () => {
  it('reads what is asked for', () => {
    const line = '--writes 10 --seed 7 --level naive --faults terminate,cutAfter --keepalive 0 --limit 5'.split(' ');

    expect(readChaosArgs(line)).toEqual([
      { writes: 10, seed: 7, level: 'naive', faults: ['cutAfter', 'terminate'], keepaliveMs: 0, limitSeconds: 5 },
    ]);
  });

  it('runs the default level under all faults unless it is told otherwise, and every level when asked for all', () => {
    expect(readChaosArgs([])).toMatchObject([{ writes: 3_000, level: 'L1' }]);
    expect(readChaosArgs([])[0]!.faults).toHaveLength(13);
    expect(readChaosArgs(['--level', 'all']).map(({ level }) => level)).toEqual(['L1', 'L3', 'naive', 'give-up']);
  });

  it.each([
    ['--writes', '0'],
    ['--writes', 'many'],
    ['--seed', ''],
    ['--level', 'L2'],
    ['--level', ','],
    ['--faults', ''],
    ['--faults', 'cut'],
    ['--limit', '-1'],
  ])('refuses %s %s', (option, value) => {
    expect(() => readChaosArgs([`${option}=${value}`])).toThrow(option);
  });
});
