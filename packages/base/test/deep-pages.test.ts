import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deepOrders, deepPages, MOST_TIMES } from '../walks/deep-pages.js';
import { createEvents, EventRow } from '../walks/deep-table.js';
import { type WalkedDatabase, walkedDatabase } from '../walks/walked-database.js';
import { testServer } from './fixture/test-database.js';

describe('a page behind 400,000 of 500,000 rows', () => {
  let walked: WalkedDatabase;

  beforeAll(async () => {
    walked = await walkedDatabase(testServer(), [EventRow], createEvents);
  });
  afterAll(() => walked.close());

  it.each(Object.entries(deepOrders))(
    'reads at most 3 times the buffers of the first, with generic and custom plans, ordered by %s',
    async (_name, orders) => {
      const figures = await deepPages(walked, orders);

      expect(figures).toHaveLength(4);
      for (const { first, deep, ...what } of figures) {
        expect({ ...what, deep, isCheap: deep <= MOST_TIMES * first }).toEqual({ ...what, deep, isCheap: true });
      }
    },
  );
});
