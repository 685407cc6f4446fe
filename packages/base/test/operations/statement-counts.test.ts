import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { batchQuerier, where } from '@holdfast/querier';
import {
  type SoftDeletingOperations,
  everyRow,
  guardedPool,
  newId,
  statementCounts,
  type ReadSpec,
  type Workload,
  type WriteSpec,
} from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { recordStatements, type StatementRecorder } from '../fixture/statement-recorder.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const a = tenant('a');
const all = where<ArticleRow>({ title: { ne: '' } });
const limit = 500;

/** Rows that are there, by id, and how an operation is called on all of them: what it does, and for how many rows. */
interface Call {
  readonly spec: ReadSpec<unknown> | WriteSpec<unknown> | null;
  readonly workload?: Omit<Workload, 'rows'>;
}

type Calls = Readonly<Record<keyof SoftDeletingOperations<object, unknown, unknown>, (ids: readonly string[]) => Call>>;

const alike = (ids: readonly string[]) => ids.map((id, i) => article({ id, rank: i }));
const others = (ids: readonly string[]) => ids.map((_, i) => article({ rank: i }));

const calls: Calls = {
  get: ([id]) => ({ spec: articles.get(a, id!) }),
  find: () => ({ spec: articles.find(a, newId()) }),
  loadMany: (ids) => ({ spec: articles.loadMany(a, ids) }),
  search: () => ({ spec: articles.search(a, batchQuerier({ pagination: { limit, offset: 0 }, total: 'exact' })) }),
  project: () => ({ spec: articles.project(a, ['title'], batchQuerier({ pagination: { limit, offset: 0 } })) }),
  pagesPerParent: () => ({
    spec: articles.pagesPerParent(
      a,
      { by: 'rank', parents: Array.from({ length: 50 }, (_, rank) => rank) },
      batchQuerier({ pagination: { first: 3 } }),
    ),
  }),
  count: () => ({ spec: articles.count(a, all) }),
  aggregate: () => ({ spec: articles.aggregate(a, { groupBy: ['isPinned'], select: {} }) }),
  stream: () => ({ spec: null }),
  streamColumns: () => ({ spec: null }),
  create: () => ({ spec: articles.create(a, article()) }),
  createNext: () => ({ spec: articles.createNext(a, { values: { title: newId() } }, { column: 'rank' }) }),
  bulkCreate: (ids) => ({ spec: articles.bulkCreate(a, others(ids)) }),
  bulkCreatePartial: (ids) => {
    const rows = others(ids);
    rows[rows.length >> 1] = article({ id: ids[0]!, rank: 0 });
    return { spec: articles.bulkCreatePartial(a, rows), workload: { failures: 1 } };
  },
  update: ([id]) => ({ spec: articles.update(a, id!, { changes: { rank: 1 }, expectedVersion: 1 }) }),
  updateIf: ([id]) => ({ spec: articles.updateIf(a, id!, all, { changes: { rank: 1 } }) }),
  bulkUpdate: (ids) => ({
    spec: articles.bulkUpdate(
      a,
      ids.map((id, rank) => ({ id, changes: { rank } })),
    ),
  }),
  bulkUpdatePartial: (ids) => {
    const updates = ids.map((id, rank) => ({ id, changes: { title: rank === 0 ? 'taken' : id } }));
    return { spec: articles.bulkUpdatePartial(a, updates), workload: { failures: 1 } };
  },
  delete: ([id]) => ({ spec: articles.delete(a, id!) }),
  restore: ([id]) => ({ spec: articles.restore(a, id!) }),
  purge: ([id]) => ({
    spec: articles.purge(a, id!, {
      conflictChecks: [{ table: 'articles', column: 'mood', references: 'mood', error: () => new Error() as never }],
    }),
    workload: { conflictChecks: true },
  }),
  bulkPurgePartial: (ids) => ({ spec: articles.bulkPurgePartial(a, ids) }),
  upsert: ([id]) => ({ spec: articles.upsert(a, article({ id: id! })) }),
  bulkUpsert: (ids) => ({ spec: articles.bulkUpsert(a, alike(ids)) }),
  bulkUpsertPartial: (ids) => {
    const rows = alike(ids);
    rows[0] = article({ title: 'taken', rank: 0 });
    return { spec: articles.bulkUpsertPartial(a, rows), workload: { failures: 1 } };
  },
  batchUpdate: (ids) => ({ spec: articles.batchUpdate(a, ids, { changes: { rank: 2 } }) }),
  batchDelete: () => ({ spec: articles.batchDelete(a, all) }),
  batchPurge: () => ({
    spec: articles.batchPurge(a, everyRow('a test'), {
      batchSize: 50,
      conflictChecks: [{ table: 'articles', column: 'mood', references: 'mood', error: () => new Error() as never }],
    }),
    workload: { batchSize: 50, conflictChecks: true },
  }),
};

describe('the statements that an operation sends', () => {
  let test: TestDatabase;
  let recorder: StatementRecorder;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
    recorder = await recordStatements(test);
  });
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));

  it('are declared for every operation', () => {
    expect(Object.keys(statementCounts).toSorted()).toEqual(Object.keys(articles).toSorted());
    expect(Object.keys(calls).toSorted()).toEqual(Object.keys(articles).toSorted());
  });

  it.each([1, 1_000, 1_001])('go in pieces for %i rows that are no list', async (rows) => {
    const given = new Set(others(Array.from({ length: rows }, newId)));
    recorder.taken();
    await test.database.execute(articles.bulkCreate(a, given));

    expect(recorder.taken()).toHaveLength(statementCounts.bulkCreate({ rows }));
  });

  describe.each([1, 100, 10_000])('for %i rows', (rows) => {
    it.each(Object.keys(calls) as (keyof Calls)[])('are no more than declared: %s', async (operation) => {
      const created = await test.database.execute(articles.bulkCreate(a, others(Array.from({ length: rows }, newId))));
      await test.database.execute(articles.create(a, article({ title: 'taken' })));
      const ids = created.map(({ id }) => id);
      const { spec, workload = {} } = calls[operation](ids);
      recorder.taken();

      if (operation === 'stream' || operation === 'streamColumns') {
        const streamed = operation === 'stream' ? articles.stream(a) : articles.streamColumns(a, ['title']);
        for await (const partition of test.database.stream(streamed)) void partition;
      } else {
        await test.database.execute(spec!).catch((error: unknown) => {
          // Whoever is not deleted cannot be restored: it has been asked for all the same.
          if (operation !== 'restore') throw error;
        });
      }

      const sent = recorder.taken();
      const declared = statementCounts[operation]({ rows: rows + 1, ...workload });
      expect(sent.length).toBeGreaterThan(0);
      expect({ declared, over: sent.slice(declared) }).toEqual({ declared, over: [] });
    });
  });
});
