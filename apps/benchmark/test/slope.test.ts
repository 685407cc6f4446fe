import { describe, expect, it } from '@jest/globals';
import { slope } from '../src/soak/slope.js';

describe('slope', () => {
  it('is how much a line rises', () => {
    expect(slope([0, 1, 2, 3, 4].map((x) => [x * 10, 5 + x * 30] as const))).toBeCloseTo(3);
  });

  it('is not bent by a sample that stands out', () => {
    const points = Array.from({ length: 20 }, (_, x) => [x, x === 7 ? 1_000_000 : x * 2] as const);

    expect(slope(points)).toBeCloseTo(2);
  });
});
