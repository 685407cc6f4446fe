import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSampleTables } from '../walks/sample-tables.js';
import { type WalkedDatabase, walkedDatabase } from '../walks/walked-database.js';
import { walkedEntities, walkGroups, type WalkPlan } from '../walks/walk-groups.js';
import { testServer } from './fixture/test-database.js';

/** A part of what `npm run walks` does: there are 8 orders of each type, so that every type has its turn. */
const plan: WalkPlan = { sizes: [7], oneOf: 7, seeds: 12 };

describe('walks through all pages, in the settings of a far country', () => {
  let walked: WalkedDatabase;

  beforeAll(async () => {
    walked = await walkedDatabase(testServer(), walkedEntities, createSampleTables);
  });
  afterAll(() => walked.close());

  it.each(walkGroups)('visit exactly the rows of a full sort, in its order: $name', async ({ run }) => {
    const { walks, faults } = await run(walked, plan);

    expect(faults).toEqual([]);
    expect(walks).toBeGreaterThan(0);
  });
});
