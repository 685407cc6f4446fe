import { describe, expect, it } from '@jest/globals';
import { Measured } from '../src/measured.js';
import type { SliceResult } from '../src/slice.js';

const slice: SliceResult = { operations: 1, wallMs: 1, cpuMicros: 1, p50Micros: 1, p99Micros: 1 };

/** What was measured of two contenders in so many rounds. */
function measuredIn(rounds: number): Measured {
  const measured = new Measured(['get', 'search']);
  for (let round = 0; round < rounds; round++) {
    for (const contender of measured.nextRound(['pg', 'slow']))
      for (const operation of measured.operations) measured.add(operation, contender, slice);
  }
  return measured;
}

describe('what was measured', () => {
  it('turns the order round from each round to the next', () => {
    const measured = new Measured(['get']);

    const orders = [1, 2, 3, 4].map(() => measured.nextRound(['a', 'b', 'c']).join(''));

    expect(orders).toEqual(['abc', 'cba', 'abc', 'cba']);
  });

  it('has a slice of each contender in every round', () => {
    const rounds = measuredIn(3).seen.get('get')!;

    expect(rounds.map((round) => [...round.keys()].sort())).toEqual([
      ['pg', 'slow'],
      ['pg', 'slow'],
      ['pg', 'slow'],
    ]);
  });

  it('forgets what there is of a contender that is left out, and of that operation only', () => {
    const measured = measuredIn(2);

    measured.leaveOut('get', 'slow');

    expect(measured.leftOut).toEqual([['get', 'slow']]);
    expect([measured.isLeftOut('get', 'slow'), measured.isLeftOut('search', 'slow')]).toEqual([true, false]);
    expect(measured.seen.get('get')!.map((round) => [...round.keys()])).toEqual([['pg'], ['pg']]);
    expect(measured.seen.get('search')!.every((round) => round.has('slow'))).toBe(true);
  });

  it('knows nothing of what was not begun', () => {
    expect(new Measured(['get']).seen.size).toBe(0);
  });
});
