import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, isHoldfastError } from '@holdfast/errors';
import { and, batchQuerier, not, or, type QueryCondition, where } from '@holdfast/querier';
import { everyRow, guardedPool, newId, NotNullViolation, VersionConflict } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { recordStatements, type StatementRecorder } from './fixture/statement-recorder.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

// Where Backend.AI's repositories layer is weak in filters and writes, one test each, by the numbers of the facts.
describe('where the original is weak', () => {
  let test: TestDatabase;
  let recorder: StatementRecorder;
  const a = tenant('a');

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
    recorder = await recordStatements(test);
  });
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const found = async (condition: QueryCondition<ArticleRow>): Promise<readonly string[]> => {
    const querier = batchQuerier<ArticleRow>({ conditions: [condition], pagination: { limit: 100, offset: 0 } });
    return (await run(articles.search(a, querier))).items.map(({ title }) => title).toSorted();
  };
  const created = (...titles: readonly string[]) =>
    run(
      articles.bulkCreate(
        a,
        titles.map((title, rank) => article({ title, rank })),
      ),
    );

  it('26: groups of an OR stay groups, and NOT is of what stands in it', async () => {
    await created('one', 'two', 'three');
    const two = where<ArticleRow>({ title: { eq: 'two' }, rank: { eq: 1 } });
    const neither = where<ArticleRow>({ title: { eq: 'one' }, rank: { eq: 2 } });

    expect(await found(or(two, neither))).toEqual(['two']);
    expect(await found(not(and(two, where({ rank: { gt: 0 } }))))).toEqual(['one', 'three']);
  });

  it('27: all operators of a field count, so that there are ranges', async () => {
    await created('a0', 'a1', 'a2', 'a3');
    const [first] = await run(articles.bulkCreate(a, [article({ createdAt: new Date('2020-01-02') })]));
    const day = { gt: new Date('2020-01-01'), lt: new Date('2020-01-03'), ne: new Date('2020-01-04') };

    expect(await found(where({ rank: { gt: 0, lte: 2 }, title: { startsWith: 'a' } }))).toEqual(['a1', 'a2']);
    expect(await found(where({ createdAt: day }))).toEqual([first!.title]);
    expect(await found(where({ createdAt: { ...day, ne: first!.createdAt } }))).toEqual([]);
  });

  it('28: wildcards are literal, empty groups match nothing, and a NULL is not equal', async () => {
    await created('x_y', 'xzy', '100%');

    expect(await found(where({ title: { contains: '_' } }))).toEqual(['x_y']);
    expect(await found(where({ title: { contains: '%' } }))).toEqual(['100%']);
    expect(await found(or<ArticleRow>())).toEqual([]);
    expect(await found(not({}))).toEqual([]);
    expect(await found(where({ mood: { ne: 'glad' } }))).toHaveLength(3);
    expect(await found(where({ mood: { notIn: ['glad'] } }))).toHaveLength(3);
  });

  it('29: a batch without conditions or without changes is refused', async () => {
    await created('one', 'two');

    await expect(run(articles.batchUpdate(a, {}, { changes: { rank: 9 } }))).rejects.toMatchObject({
      reason: 'MISSING_VALUE',
    });
    await expect(run(articles.batchUpdate(a, everyRow('a test'), { changes: {} }))).rejects.toMatchObject({
      reason: 'MISSING_VALUE',
    });
    await expect(run(articles.batchPurge(a, {}))).rejects.toMatchObject({ reason: 'MISSING_VALUE' });
    expect(await run(articles.count(a, {}))).toBe(2);
  });

  it('30: an update answers with what is stored, also behind TypeORM, and may expect a version', async () => {
    const [one] = await created('one');

    await test.database.beginSession(async (dbSession) => {
      const known = await dbSession.manager.findOneByOrFail(ArticleRow, { id: one!.id });
      const updated = await dbSession.execute(articles.update(a, one!.id, { changes: { rank: 5 } }));
      expect([known.rank, updated.rank, updated.version]).toEqual([0, 5, 2]);
    });
    await expect(run(articles.update(a, one!.id, { changes: { rank: 6 }, expectedVersion: 1 }))).rejects.toBeInstanceOf(
      VersionConflict,
    );
  });

  it('31: upserts turn violations into domain errors, and take any number of rows, each with its own values', async () => {
    await created('taken');
    const rows = Array.from({ length: 7_000 }, (_, rank) => article({ title: `t${rank}`, rank }));
    const again = rows.map(({ values }, i) => ({ values: { ...values, rank: -i } }));

    await expect(run(articles.upsert(a, article({ title: 'taken' })))).rejects.toThrow('This title is taken.');
    expect(await run(articles.bulkUpsert(a, rows))).toEqual({ inserted: 7_000, updated: 0 });
    expect(await run(articles.bulkUpsert(a, again))).toEqual({ inserted: 0, updated: 7_000 });
    expect(await found(where({ rank: { in: [-7, -6_999] } }))).toEqual(['t6999', 't7']);
    await expect(run(articles.bulkUpsert(a, [again[3]!, again[4]!, again[3]!]))).rejects.toMatchObject({
      pointer: '/2',
    });
    const untouched = again.slice(0, 1);
    expect(await run(articles.bulkUpsert(a, untouched, { update: [] }))).toEqual({ inserted: 0, updated: 1 });
  });

  it('32: a purge in batches removes every row once, ends, and may commit each batch', async () => {
    await created(...Array.from({ length: 100 }, (_, i) => `t${i}`));

    expect(() => articles.batchPurge(a, everyRow('a test'), { batchSize: 0 })).toThrow();
    const options = { batchSize: 20, transaction: 'each' } as const;
    expect(await run(articles.batchPurge(a, everyRow('a test'), options))).toEqual({ count: 100 });
    await expect(run(articles.purge(a, newId()))).rejects.toMatchObject({ httpStatus: 404 });
  });

  it('33: a partial bulk of what can be done is one statement', async () => {
    recorder.taken();
    await run(
      articles.bulkCreatePartial(
        a,
        Array.from({ length: 500 }, () => article({ rank: 1 })),
      ),
    );

    expect(recorder.taken()).toHaveLength(1);
  });

  it('34: the time limit of an export ends with it, and what is cut off is told', async () => {
    await created('one', 'two', 'three');
    const titles = async (stream: AsyncIterable<readonly { readonly title: string }[]>): Promise<readonly string[]> => {
      const all: string[] = [];
      for await (const partition of stream) all.push(...partition.map(({ title }) => title));
      return all;
    };

    const limited = test.database.stream(articles.stream(a, { maxRows: 2, truncate: true }), {
      statementTimeoutMs: 7_000,
    });
    expect(await titles(limited)).toHaveLength(2);
    expect(limited.isTruncated).toBe(true);
    await expect(titles(test.database.stream(articles.stream(a, { maxRows: 2 })))).rejects.toMatchObject({
      reason: 'LIMIT_EXCEEDED',
    });
    const [{ timeout }] = await test.dataSource.query<[{ timeout: string }]>(
      `SELECT current_setting('statement_timeout') AS timeout`,
    );
    expect(timeout).toBe('0');
    await expect(
      titles(test.database.stream(articles.streamColumns(a, ['title', 'colour' as 'title']))),
    ).rejects.toMatchObject({ name: expect.stringMatching(/InvalidInput|Misuse/) });
  });

  it('35: what the database says of a violation is not in what clients see', async () => {
    await created('secret title');

    const error = await run(articles.create(a, article({ title: 'secret title' }))).catch((e: unknown) => e);

    expect(isHoldfastError(error) && JSON.stringify(error.toProblem())).not.toMatch(/secret|Key|articles_title/);
    expect((error as Error).cause).toMatchObject({ constraint: 'articles_title_once' });
  });

  it('36: a column that is not there is refused before any SQL, and a violation by a change is the domain error', async () => {
    const [one] = await created('one', 'two');
    recorder.taken();

    await expect(run(articles.update(a, one!.id, { changes: { isActive: true } as never }))).rejects.toMatchObject({
      reason: 'UNKNOWN_FIELD',
      pointer: '/isActive',
    });
    expect(recorder.taken()).toEqual([]);
    await expect(run(articles.update(a, one!.id, { changes: { title: null as never } }))).rejects.toBeInstanceOf(
      NotNullViolation,
    );
    await expect(run(articles.update(a, one!.id, { changes: { title: 'two' } }))).rejects.toBeInstanceOf(
      EntityAlreadyExists,
    );
  });
});
