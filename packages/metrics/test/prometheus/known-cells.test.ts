import { describe, expect, it } from '@jest/globals';
import { KnownCells } from '../../src/prometheus/known-cells.js';

describe('the cells that were found already', () => {
  it('are kept by object and name', () => {
    const [one, two] = [{}, {}];
    const known = new KnownCells<number>(10);
    expect(known.get(one, 'a')).toBeUndefined();

    known.remember(one, 'a', 1);
    known.remember(two, 'a', 2);
    known.remember(one, 'b', 3);

    expect([known.get(one, 'a'), known.get(two, 'a'), known.get(one, 'b')]).toEqual([1, 2, 3]);
    expect(known.get(two, 'b')).toBeUndefined();
  });

  it('are found right after they were missed', () => {
    const one = {};
    const known = new KnownCells<number>(10);
    expect(known.get(one, 'a')).toBeUndefined();

    known.remember(one, 'a', 1);

    expect(known.get(one, 'a')).toBe(1);
  });

  it('are kept for so many names of an object and no more', () => {
    const one = {};
    const known = new KnownCells<number>(2);

    for (const name of ['a', 'b', 'c']) known.remember(one, name, 1);

    expect(['a', 'b', 'c'].map((name) => known.get(one, name))).toEqual([1, 1, undefined]);
  });
});
