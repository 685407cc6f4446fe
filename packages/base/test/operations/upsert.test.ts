import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, InvalidInput } from '@holdfast/errors';
import { batchQuerier, type SearchScope } from '@holdfast/querier';
import { guardedPool, newId, RowDeleted, type UpserterSpec } from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const byTitle = { conflictTarget: { columns: ['tenant', 'title'] } } as const;

describe.each([
  ['the guarded pool', guardedPool({ max: 4 })],
  ['a stock pool', { extra: { max: 4 } }],
])('upserts over %s', (_name, pool) => {
  let test: TestDatabase;
  const a: SearchScope<ArticleRow> = tenant('a');
  const b: SearchScope<ArticleRow> = tenant('b');

  beforeAll(async () => void (test = await testDatabase([ArticleRow], pool)));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const titled = (values: Partial<ArticleRow>): UpserterSpec<ArticleRow> => ({ ...article(values), ...byTitle });
  const stored = (): Promise<Record<string, unknown>[]> =>
    test.dataSource.query('SELECT tenant, title, rank, version FROM articles ORDER BY tenant, title');

  it('creates a row, and then changes what is given of it', async () => {
    const first = await run(articles.upsert(a, titled({ title: 'one', rank: 1, day: '2020-01-01' })));
    const second = await run(articles.upsert(a, titled({ title: 'one', rank: 2 })));

    expect(first.inserted).toBe(true);
    expect(second).toMatchObject({
      inserted: false,
      data: { id: first.data.id, rank: 2, day: '2020-01-01', version: 2 },
    });
    expect(second.data.createdAt).toEqual(first.data.createdAt);
  });

  it('changes only what it is told to, or nothing', async () => {
    const { data } = await run(articles.upsert(a, titled({ title: 'one', rank: 1 })));

    const some = await run(
      articles.upsert(a, { ...titled({ title: 'one', rank: 5, day: '2020-01-01' }), update: ['day'] }),
    );
    const none = await run(articles.upsert(a, { ...titled({ title: 'one', rank: 9 }), update: [] }));

    expect(some.data).toMatchObject({ rank: 1, day: '2020-01-01' });
    expect(none).toEqual({ inserted: false, data: some.data });
    expect(none.data.id).toBe(data.id);
  });

  it('finds the row by its key where nothing else is said', async () => {
    const id = newId();
    await run(articles.upsert(a, article({ id, title: 'one' })));

    expect(await run(articles.upsert(a, article({ id, title: 'two' })))).toMatchObject({
      inserted: false,
      data: { title: 'two' },
    });
  });

  it('neither changes nor shows the row of another tenant', async () => {
    const id = newId();
    await run(articles.create(b, article({ id, title: 'theirs', rank: 1 })));
    const before = await stored();

    const error = await run(articles.upsert(a, article({ id, title: 'mine' }))).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(EntityAlreadyExists);
    expect(await stored()).toEqual(before);
    await expect(run(articles.bulkUpsert(a, [article(), article({ id })]))).rejects.toBeInstanceOf(EntityAlreadyExists);
    expect(await stored()).toEqual(before);
  });

  it('means the scope that the row belongs to, of several', async () => {
    const id = newId();
    await run(articles.create(b, article({ id, title: 'theirs' })));

    const error = await run(articles.upsert([a, b], article({ id, tenant: 'a', title: 'mine' }))).catch(
      (e: unknown) => e,
    );

    expect(error).toBeInstanceOf(EntityAlreadyExists);
    expect(await stored()).toMatchObject([{ tenant: 'b', title: 'theirs' }]);
  });

  it('says that the row is deleted', async () => {
    const { data } = await run(articles.upsert(a, titled({ title: 'one' })));
    await run(articles.delete(a, data.id));

    await expect(run(articles.upsert(a, titled({ title: 'one' })))).rejects.toBeInstanceOf(RowDeleted);
    await expect(run(articles.bulkUpsert(a, [titled({ title: 'one' })], byTitle))).rejects.toBeInstanceOf(RowDeleted);
  });

  it('turns a violation of another constraint into the domain error', async () => {
    await run(articles.create(a, article({ title: 'taken' })));

    await expect(run(articles.upsert(a, article({ title: 'taken' })))).rejects.toThrow('This title is taken.');
    await expect(run(articles.bulkUpsert(a, [article({ title: 'taken' })]))).rejects.toThrow('This title is taken.');
  });

  it('refuses a row that does not give what it is to be found by', async () => {
    const refused = run(articles.upsert(a, { values: { rank: 1 }, ...byTitle }));

    await expect(refused).rejects.toMatchObject({ reason: 'MISSING_VALUE', pointer: '/title' });
  });

  describe('of many rows', () => {
    it('stores every row with its own values, and counts what is new', async () => {
      await run(articles.bulkCreate(a, [article({ title: 'one', rank: 1 }), article({ title: 'two', rank: 2 })]));

      const result = await run(
        articles.bulkUpsert(
          a,
          [
            titled({ title: 'two', rank: 20 }),
            titled({ title: 'three', rank: 30 }),
            titled({ title: 'one', rank: 10, views: '5' }),
          ],
          byTitle,
        ),
      );

      expect(result).toEqual({ inserted: 1, updated: 2 });
      expect(await stored()).toMatchObject([
        { title: 'one', rank: 10 },
        { title: 'three', rank: 30 },
        { title: 'two', rank: 20 },
      ]);
    });

    it('refuses rows that are the same, with their indexes, or folds them in the order given', async () => {
      const rows = [
        titled({ title: 'one', rank: 1, day: '2020-01-01' }),
        titled({ title: 'two' }),
        titled({ title: 'one', rank: 3 }),
      ];

      const refused = await run(articles.bulkUpsert(a, rows, byTitle)).catch((error: unknown) => error);

      expect(refused).toBeInstanceOf(InvalidInput);
      expect(refused).toMatchObject({ pointer: '/2' });
      expect(String(refused)).toContain('0, 2');
      expect(await stored()).toEqual([]);
      expect(await run(articles.bulkUpsert(a, rows, { ...byTitle, repeated: 'fold' }))).toEqual({
        inserted: 2,
        updated: 0,
      });
      expect(await stored()).toMatchObject([{ title: 'one', rank: 3 }, { title: 'two' }]);
    });

    it('notices repetitions over any distance', async () => {
      const many = Array.from({ length: 1_500 }, (_, i) => titled({ title: `t${i}` }));

      const refused = run(articles.bulkUpsert(a, [...many, titled({ title: 't3' })], byTitle));

      await expect(refused).rejects.toMatchObject({ pointer: '/1500' });
      expect(await stored()).toEqual([]);
      expect(await run(articles.bulkUpsert(a, many, byTitle))).toEqual({ inserted: 1_500, updated: 0 });
    });

    it('does what can be done, and says why the rest cannot', async () => {
      const foreign = newId();
      await run(articles.create(b, article({ id: foreign })));
      const deleted = await run(articles.create(a, article()));
      await run(articles.delete(a, deleted.id));
      await run(articles.create(a, article({ title: 'taken' })));
      const id = newId();

      const result = await run(
        articles.bulkUpsertPartial(a, [
          article({ id, rank: 1 }),
          article({ id: foreign }),
          article({ id: deleted.id }),
          article({ title: 'taken' }),
          article({ rank: 1.5 }),
          article({ id, rank: 2 }),
        ]),
      );

      expect(result).toMatchObject({ inserted: 1, updated: 1 });
      expect(result.failures.map(({ index, error }) => [index, error.name])).toEqual([
        [1, 'EntityAlreadyExists'],
        [2, 'RowDeleted'],
        [3, 'EntityAlreadyExists'],
        [4, 'InvalidInput'],
      ]);
      expect(await run(articles.get(a, id))).toMatchObject({ rank: 2 });
    });

    it('keeps the order in which rows are given, whatever columns they give', async () => {
      const id = newId();
      const rows = [
        article({ title: 'other' }),
        { values: { id, title: '1', rank: 7 } },
        { values: { id, title: 'last' } },
      ];

      expect(await run(articles.bulkUpsertPartial(a, rows))).toMatchObject({ inserted: 2, updated: 1, failures: [] });
      expect(await run(articles.get(a, id))).toMatchObject({ title: 'last', rank: 7 });
    });

    it('folds only what a later row would change', async () => {
      const rows = [
        titled({ title: 'one', rank: 1, day: '2020-01-01' }),
        titled({ title: 'one', rank: 2, day: '2020-01-02' }),
      ];

      await run(articles.bulkUpsert(a, rows, { ...byTitle, repeated: 'fold', update: ['rank'] }));

      expect(await run(articles.search(a, batchQuerier({ pagination: { limit: 9, offset: 0 } })))).toMatchObject({
        items: [{ rank: 2, day: '2020-01-01' }],
      });
    });
  });
});
