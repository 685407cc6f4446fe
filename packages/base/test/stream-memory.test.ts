import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guardedPool } from '../src/index.js';
import { articles, tenant } from './fixture/articles.js';
import { manyArticles } from './fixture/many-articles.js';
import type { TestDatabase } from './fixture/test-database.js';
import { tripsOf } from './fixture/trips-of.js';

const a = tenant('a');
const MOST_GROWTH = 16 * 2 ** 20;

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are in use after all garbage is gone, those of buffers included. */
function bytesInUse(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe.each([
  ['the guarded pool', 200_000, 300, guardedPool({ max: 1 })],
  ['a stock pool', 40_000, 1_000, { extra: { max: 1 } }],
])('the memory of a stream over %s, of %d rows,', (_name, count, bytesEach, pool) => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await manyArticles(count, pool, bytesEach)));
  afterAll(() => test.close());

  it('is that of a partition, however many there are', async () => {
    let rows = 0;
    let partitions = 0;
    let first = 0;
    const grown: number[] = [];
    for await (const partition of test.database.stream(articles.stream(a))) {
      rows += partition.length;
      partitions++;
      if (partitions === 10) first = bytesInUse();
      else if (partitions % 25 === 0) grown.push(bytesInUse() - first);
    }
    expect(rows).toBe(count - count / 10);
    // All rows are more than this, without what JavaScript needs besides.
    expect(count * bytesEach).toBeGreaterThan(2 * MOST_GROWTH);
    expect(Math.max(...grown)).toBeLessThan(MOST_GROWTH);
  });
});

describe('the partitions of a stream', () => {
  it('are read when they are asked for, and none ahead of that', async () => {
    const test = await manyArticles(1_000, guardedPool({ max: 1 }));
    try {
      const reading = test.database.stream(articles.stream(a, { partitionSize: 100 }))[Symbol.asyncIterator]();
      const trips = await tripsOf(test, async () => {
        for (let partitions = 0; partitions < 3; partitions++) await reading.next();
        await reading.return();
      });
      const said = trips.map((trip) => /BEGIN|FETCH|CLOSE|COMMIT/.exec(trip)?.[0]);
      // The cursor, and BEGIN before it, ride in front of the first one.
      expect(said).toEqual(['BEGIN', 'FETCH', 'FETCH', 'CLOSE', 'COMMIT']);
      expect(trips[0]).toMatch(/DECLARE[^]*FETCH/);
    } finally {
      await test.close();
    }
  });
});
