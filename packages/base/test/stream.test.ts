import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { order, where } from '@holdfast/querier';
import { everyRow, guardedPool, type RowStream, type StreamQuery } from '../src/index.js';
import { type Article, articles, tenant } from './fixture/articles.js';
import type { ArticleRow } from './fixture/article-row.js';
import { manyArticles } from './fixture/many-articles.js';
import { openCursors, readStream } from './fixture/read-stream.js';
import type { TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const b = tenant('b');

describe.each([
  ['the guarded pool', guardedPool({ max: 1 })],
  ['a stock pool', { extra: { max: 1 } }],
])('a stream over %s', (_name, pool) => {
  let test: TestDatabase;
  let live: number[];

  beforeAll(async () => {
    test = await manyArticles(40, pool);
    live = Array.from({ length: 40 }, (_, i) => i + 1).filter((n) => n % 10 !== 0);
  });
  afterAll(() => test.close());

  const stream = (query: StreamQuery<ArticleRow> = {}, scope = a): RowStream<Article> =>
    test.database.stream(articles.stream(scope, query));
  /** Resolves once the only connection of the pool is free. */
  const connectionIsBack = (): Promise<unknown> => test.database.execute(articles.count(a, {}));
  const numbersOf = (partitions: readonly (readonly { readonly rank: number }[])[]): number[][] =>
    partitions.map((partition) => partition.map(({ rank }) => -rank));

  it('hands out all rows that are there, in order, in partitions of the size that was asked for', async () => {
    const partitions = await readStream(stream({ partitionSize: 10 }));
    expect(numbersOf(partitions)).toEqual([live.slice(0, 10), live.slice(10, 20), live.slice(20, 30), live.slice(30)]);
    const [first] = partitions.flat();
    expect(first).toEqual(await test.database.execute(articles.get(a, first!.id)));
    expect(Object.isFrozen(first) && Object.isFrozen(partitions[0])).toBe(true);
  });

  it('has no empty partition, at the end or where there is nothing', async () => {
    expect(numbersOf(await readStream(stream({ partitionSize: 18 })))).toEqual([live.slice(0, 18), live.slice(18)]);
    expect(await readStream(stream({ conditions: [{ rank: { eq: 7 } }] }))).toEqual([]);
  });

  it('has the conditions and orders of a search', async () => {
    const query = {
      conditions: [where<ArticleRow>({ rank: { gte: -7 } })],
      orders: [order<ArticleRow>('rank')],
      partitionSize: 4,
    };
    expect(numbersOf(await readStream(stream(query)))).toEqual([
      [7, 6, 5, 4],
      [3, 2, 1],
    ]);
    await expect(readStream(stream({ conditions: [{ nothing: {} } as never] }))).rejects.toMatchObject({
      reason: 'UNKNOWN_FIELD',
    });
    await expect(readStream(stream({ orders: [{ by: 'facts' as never }] }))).rejects.toMatchObject({
      reason: 'INVALID_ORDER',
    });
  });

  it('hands out only the columns that are asked for', async () => {
    const few = articles.streamColumns(a, ['title', 'isPinned'], {
      conditions: [{ rank: { gte: -2 } }],
    });
    const [rows] = await readStream(test.database.stream(few));
    expect(rows).toEqual([
      { title: 'title 1', isPinned: false },
      { title: 'title 2', isPinned: false },
    ]);
    await expect(readStream(test.database.stream(articles.streamColumns(a, ['no' as 'title'])))).rejects.toMatchObject({
      reason: 'UNKNOWN_FIELD',
      pointer: '/columns/0',
    });
  });

  it('sees one tenant and not the other, and what is deleted only where it is asked for', async () => {
    expect((await readStream(stream({}, b))).flat().map(({ title }) => title)).toEqual(['of b 1', 'of b 2', 'of b 3']);
    const withDeleted = test.database.stream(articles.stream(a, {}, { includeDeleted: true }));
    expect((await readStream(withDeleted)).flat()).toHaveLength(40);
    await expect(readStream(stream({}, [] as never))).rejects.toMatchObject({
      name: 'Misuse',
    });
  });

  it('throws where there are more rows than it may hand out, after those that it may', async () => {
    const titles: string[] = [];
    const reading = (async () => {
      for await (const partition of stream({ partitionSize: 3, maxRows: 5 }))
        titles.push(...partition.map(({ title }) => title));
    })();
    await expect(reading).rejects.toMatchObject({
      reason: 'LIMIT_EXCEEDED',
      pointer: '/maxRows',
    });
    expect(titles).toEqual(['title 1', 'title 2', 'title 3', 'title 4', 'title 5']);
    expect((await readStream(stream({ partitionSize: 3, maxRows: 36 }))).flat()).toHaveLength(36);
    await connectionIsBack();
  });

  it('ends where there are more rows, and says so, where that was wanted', async () => {
    const cut = stream({ partitionSize: 3, maxRows: 6, truncate: true });
    expect(cut.isTruncated).toBe(false);
    expect(numbersOf(await readStream(cut))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(cut.isTruncated).toBe(true);
    const whole = stream({ maxRows: 36, truncate: true });
    expect((await readStream(whole)).flat()).toHaveLength(36);
    expect(whole.isTruncated).toBe(false);
    await connectionIsBack();
  });

  it.each([{ partitionSize: 0 }, { partitionSize: 10_001 }, { maxRows: 0 }, { maxRows: 1.5 }])(
    'refuses %j',
    (query) => {
      expect(() => stream(query)).toThrow(expect.objectContaining({ name: 'Misuse' }));
    },
  );

  it('is read once', async () => {
    const once = stream();
    await readStream(once);
    await expect(readStream(once)).rejects.toMatchObject({ name: 'Misuse' });
    await connectionIsBack();
  });

  it('sees what was there when it began', async () => {
    const titles = await test.database
      .beginSession(async (dbSession) => {
        const seen: string[] = [];
        for await (const [next] of dbSession.stream(articles.stream(b, { partitionSize: 1 }))) {
          seen.push(next!.title);
          await dbSession.execute(
            articles.update(b, next!.id, {
              changes: { title: `changed ${next!.title}` },
            }),
          );
          const undone = dbSession.savepoint(async (inner) => {
            expect(await inner.execute(articles.batchPurge(b, everyRow('a test')))).toEqual({ count: 3 });
            throw new Error('undone');
          });
          await expect(undone).rejects.toThrow('undone');
        }
        expect(await dbSession.execute(articles.count(b, { title: { startsWith: 'changed' } }))).toBe(3);
        throw new AggregateError([], seen.join());
      })
      .catch((error: Error) => error.message);
    expect(titles).toBe('of b 1,of b 2,of b 3');
  });

  it('leaves room for other statements and other streams of its dbSession', async () => {
    await test.database.beginReadonlySession(async (dbSession) => {
      const pairs: number[] = [];
      const other = dbSession.stream(articles.stream(a, { partitionSize: 2, orders: [order('rank')] }));
      const others = other[Symbol.asyncIterator]();
      for await (const partition of dbSession.stream(articles.stream(a, { partitionSize: 12 }))) {
        expect(await dbSession.execute(articles.count(a, {}))).toBe(36);
        const [first] = (await others.next()).value as readonly Article[];
        pairs.push(-partition[0]!.rank, -first!.rank);
      }
      expect(pairs).toEqual([1, 39, 14, 37, 27, 35]);
      expect(await openCursors(dbSession)).toBe(1);
      await others.return();
      expect(await openCursors(dbSession)).toBe(0);
    });
  });
});
