import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { batchQuerier, unscoped } from '@holdfast/querier';
import { Database, guardedPool, readSpec } from '../src/index.js';
import { LeastRecentlyUsed } from '../src/wire/least-recently-used.js';
import { StatementCache } from '../src/wire/statement-cache.js';
import { ArticleRow } from './fixture/article-row.js';
import { articles } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const all = unscoped('a test of limits');
const MEGABYTE = 1024 * 1024;

/** A search of a shape of its own, with that many terms; it finds nothing. */
const shape = (limit: number, terms: number): Parameters<Database['execute']>[0] =>
  articles.search(
    all,
    batchQuerier<ArticleRow>({
      conditions: [{ or: Array.from({ length: terms }, (_, i) => ({ rank: { eq: -i - 1 } })) }],
      pagination: { limit, offset: 0 },
    }),
  );

describe('callers that never ask the same twice', () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], guardedPool({ max: 1 }))));
  afterAll(() => test.close());

  const memory = async (): Promise<number> => {
    const [{ bytes }] = await test.dataSource.query<[{ bytes: number }]>(
      'SELECT sum(total_bytes)::int AS bytes FROM pg_backend_memory_contexts',
    );
    return bytes;
  };
  const prepared = (): Promise<{ readonly count: number; readonly characters: number }[]> =>
    test.dataSource.query(
      'SELECT count(*)::int, coalesce(sum(length(statement)), 0)::int AS characters FROM pg_prepared_statements',
    );

  it('cost the server a bounded share of memory, however long what they ask is', async () => {
    const before = await memory();
    for (let i = 1; i <= 200; i++) await test.database.execute(shape(i, 100));
    expect((await memory()) - before).toBeLessThan(25 * MEGABYTE);
    for (let i = 1; i <= 300; i++) await test.database.execute(shape(i, 1));

    const [{ count, characters } = { count: 0, characters: 0 }] = await prepared();

    expect(count).toBeLessThanOrEqual(251); // the one that the next write closes among them
    expect(characters).toBeLessThanOrEqual(250_000);
    expect(count).toBeGreaterThan(100);
    expect((await memory()) - before).toBeLessThan(25 * MEGABYTE);
  });

  it('leave nothing behind where a statement is too long to be kept', async () => {
    const sum = `SELECT length('${'1'.repeat(20_000)}') + $1::int AS rank`;
    const long = readSpec('sum', (catalog) => ({
      statement: catalog
        .mappingOf(ArticleRow)
        .returning(sum, { columns: [catalog.mappingOf(ArticleRow).column('rank')], extra: [], keys: [], leads: 0 }),
      values: ['1'],
      finish: ({ rows }) => rows,
    }));

    for (let i = 0; i < 3; i++) expect(await test.database.execute(long)).toEqual([{ rank: 20_001 }]);

    const longest = 'SELECT max(length(statement))::int AS longest FROM pg_prepared_statements';
    const [{ longest: characters }] = await test.dataSource.query<[{ longest: number }]>(longest);
    expect(characters).toBeLessThan(20_000);
  });

  it('share the room that the application gives them', async () => {
    await test.dataSource.query('DEALLOCATE ALL');
    const database = new Database(test.dataSource, { maxPreparedStatements: 5 });
    for (let i = 1; i <= 20; i++) await database.execute(shape(i, 1));

    const [{ count } = { count: 0 }] = await prepared();

    expect(count).toBeLessThanOrEqual(6); // the one that is closed by the next write among them
    expect(count).toBeGreaterThan(2);
  });

  it.each([0, -1, 1.5, NaN, '9'])('have none of a limit of %p', (maxPreparedStatements) =>
    expect(() => new Database(test.dataSource, { maxPreparedStatements: maxPreparedStatements as number })).toThrow(
      Misuse,
    ),
  );
});

describe('what is kept of them here', () => {
  it('is a bounded number of texts, and the last ones', () => {
    const cache = new StatementCache('Article');
    const first = cache.get('SELECT 0', null);
    const used = cache.get('SELECT -1', null);
    for (let i = 1; i <= 1_500; i++) {
      cache.get(`SELECT ${i}`, null);
      cache.get('SELECT -1', null);
    }

    expect(cache.get('SELECT 0', null)).not.toBe(first);
    expect(cache.get('SELECT -1', null)).toBe(used);
    expect(used).toMatchObject({ entity: 'Article' });
  });

  it('is no text that is kept nowhere else', () => {
    const cache = new StatementCache();
    const long = `SELECT ${'1 + '.repeat(5_000)} 1`;

    expect(cache.get(long, null)).not.toBe(cache.get(long, null));
  });

  it('goes by weight too, the heaviest first of all', () => {
    const kept = new LeastRecentlyUsed<number>();
    const room = { entries: 10, weight: 100 };
    kept.set('a', 1, 40, room);
    kept.set('b', 2, 40, room);
    expect(kept.get('a')).toBe(1);

    expect(kept.set('c', 3, 40, room)).toEqual(['b']);
    expect(kept.set('d', 4, 101, room)).toEqual(['a', 'c', 'd']);
    expect(kept.set('e', 5, 100, room)).toEqual([]);
    expect(kept.size).toBe(1);
  });
});
