import { describe, expect, it } from '@jest/globals';
import { fuzzStatements } from '../fuzz/statements/fuzz-statements.js';
import { operations } from '../fuzz/statements/statement-case.js';
import { testServer } from './fixture/test-database.js';

/** A part of what `npm run fuzz` does, with a seed of its own. */
const CASES = 200;
const SEED = 20_240_229;

describe('whatever is written and read', () => {
  it('is what TypeORM and plain SQL know of it', async () => {
    const seen = new Set<string>();

    const report = await fuzzStatements({
      serverUrl: testServer(),
      cases: CASES,
      seed: SEED,
      casesOfATable: 10,
      onCase: ({ operation, way }) => seen.add(operation).add(way),
    });

    expect(report.faults).toEqual([]);
    expect(report.cases).toBeGreaterThanOrEqual(CASES);
    // What is never done tells nothing.
    const ways = ['guarded', 'without names', 'few names', 'stock', 'chopped'];
    expect([...seen]).toEqual(expect.arrayContaining([...operations.map(({ name }) => name), ...ways]));
    // What is refused as it may be is rare.
    expect(report.answered).toBeGreaterThan(CASES * 0.9);
  }, 180_000);
});
