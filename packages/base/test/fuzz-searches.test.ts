import { describe, expect, it } from '@jest/globals';
import { searchDoors } from '../fuzz/searches/search-doors.js';
import type { FuzzReport } from '../fuzz/fuzz-report.js';
import { fuzzSearches } from '../fuzz/searches/fuzz-searches.js';
import { testServer } from './fixture/test-database.js';

/** A part of what `npm run fuzz` does, with a seed of its own. */
const CASES = 5_000;
const SEED = 20_240_229;

describe('whatever is asked for', () => {
  it('is refused with a reason and a pointer, or answered right', async () => {
    const serverUrl = testServer();
    const doors = new Map<string, FuzzReport>();

    const report = await fuzzSearches({
      serverUrl,
      cases: CASES,
      seed: SEED,
      onDoor: ({ name }, one) => doors.set(name, one),
    });

    expect(report.faults).toEqual([]);
    expect(report.cases).toBeGreaterThanOrEqual(CASES);
    // A door that refuses all, or none, tells nothing.
    expect([...doors.keys()]).toEqual(searchDoors.map(({ name }) => name));
    for (const [name, { refused, answered }] of doors) {
      expect([name, refused > 0, answered > 0]).toEqual([name, true, true]);
    }
    expect(report.answered).toBeGreaterThan(CASES / 3);
  }, 180_000);
});
