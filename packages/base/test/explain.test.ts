import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { batchQuerier, order, unscoped } from '@holdfast/querier';
import { type Database, guardedPool, type PlanNode, readSpec, unitSpec } from '../src/index.js';
import { Statement } from '../src/wire/statement.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { document, documents, tenant as documentsOf } from './fixture/documents.js';
import { guardedDatabase, type GuardedDatabase } from './fixture/guarded-database.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const rare = tenant(`r'a\\re`);

const nodes = (plan: PlanNode): readonly PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
const types = (plan: PlanNode): readonly string[] => nodes(plan).map((node) => node['Node Type']);

describe.each([
  ['a guarded client', guardedPool({ max: 1 })],
  ['a stock client', { extra: { max: 1 } }],
])('the plan of a spec, on %s,', (_, pool) => {
  let test: TestDatabase;
  let database: Database;
  let warnings: ReturnType<typeof jest.spyOn>;

  beforeAll(async () => {
    warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    test = await testDatabase([ArticleRow], pool);
    ({ database } = test);
    await test.dataSource.query(`
      INSERT INTO articles (id, tenant, title, version)
      SELECT gen_random_uuid(), CASE WHEN i % 1000 = 0 THEN 'r''a\\re' ELSE 'common' END, i, 1
      FROM generate_series(1, 20000) AS i`);
    await test.dataSource.query('CREATE INDEX by_tenant ON articles (tenant, rank)');
    await test.dataSource.query('ANALYZE articles');
  });
  afterAll(async () => {
    await test.close();
    warnings.mockRestore();
  });

  const search = (scope: ReturnType<typeof tenant>): Parameters<Database['explain']>[0] =>
    articles.search(scope, batchQuerier<ArticleRow>({ orders: [order('views')], pagination: { noPagination: true } }));
  const leftovers = (): Promise<unknown> =>
    test.dataSource.query(`SELECT name FROM pg_prepared_statements WHERE name NOT LIKE 'hf!_%' ESCAPE '!'`);

  it('is the one for its values, or the one for all', async () => {
    const common = await database.explain(search(tenant('common')));
    const custom = await database.explain(search(rare), { mode: 'custom' });
    const generic = await database.explain(search(rare), { mode: 'generic' });

    expect(types(common.Plan)).toContain('Seq Scan');
    expect(nodes(custom.Plan).find((node) => node['Index Name'] === 'by_tenant')?.['Index Cond']).toContain('a\\re');
    expect(JSON.stringify(generic.Plan)).toContain('$1');
    expect(JSON.stringify(custom.Plan)).not.toContain('$1');
    expect(custom.Plan).not.toHaveProperty('Actual Rows');
    expect(Object.isFrozen(custom.Plan)).toBe(true);
    expect(await leftovers()).toEqual([]);
  });

  it.each(['custom', 'generic'] as const)('says what executing took, if it shall: %s', async (mode) => {
    const analyzed = await database.explain(search(rare), { mode, analyze: true, buffers: true });

    expect(analyzed.Plan['Actual Rows']).toBe(20);
    expect(analyzed.Plan['Shared Hit Blocks']).toBeGreaterThan(0);
    expect(analyzed['Execution Time']).toBeGreaterThan(0);
    expect(await leftovers()).toEqual([]);
  });

  it.each(['custom', 'generic'] as const)('of a write is told without writing: %s', async (mode) => {
    const { id } = await database.execute(articles.create(rare, article({ rank: 1 })));
    const writes = [
      articles.create(rare, article({ id, title: `a 'quoted' title` })),
      articles.update(rare, id, { changes: { rank: 2 } }),
      articles.purge(rare, id),
      articles.batchUpdate(unscoped('all of them'), { rank: { eq: 1 } }, { changes: { rank: 3 } }),
    ];

    for (const write of writes) {
      const { Plan } = await database.explain(write, { mode });
      expect(types(Plan)).toContain('ModifyTable');
      await expect(database.explain(write, { mode, analyze: true })).rejects.toBeInstanceOf(Misuse);
    }

    expect(await database.execute(articles.get(rare, id))).toMatchObject({ rank: 1 });
    await database.execute(articles.purge(rare, id));
  });

  it('is of no unit of several statements', async () => {
    const several = unitSpec('several', () => Promise.resolve(null));

    await expect(database.explain(several)).rejects.toBeInstanceOf(Misuse);
  });

  it.each(['custom', 'generic'] as const)('leaves a good connection behind where it fails: %s', async (mode) => {
    const pid = (): Promise<unknown> => test.dataSource.query('SELECT pg_backend_pid()');
    const before = await pid();
    const failing = readSpec('failing', () => ({
      statement: new Statement('SELECT 1 / $1::int', null),
      values: ['0'],
      finish: () => null,
    }));

    const analyzed = database.explain(failing, { mode, analyze: true });

    await expect(analyzed).rejects.toMatchObject({ name: 'InvalidData' });
    expect([await pid(), await leftovers()]).toEqual([before, []]);
    expect(types((await database.explain(failing, { mode: 'generic' })).Plan)).toEqual(['Result']);
  });

  it('is given up in time', async () => {
    const slow = readSpec('slow', () => ({
      statement: new Statement('SELECT pg_sleep(20)', null),
      values: [],
      finish: () => null,
    }));

    const analyzed = database.explain(slow, { analyze: true, statementTimeoutMs: 20 });

    await expect(analyzed).rejects.toMatchObject({ name: 'StatementCanceled' });
  });
});

describe('the plan of a spec under row-level security', () => {
  let test: GuardedDatabase;

  beforeAll(async () => void (test = await guardedDatabase()));
  afterAll(() => test.close());

  it.each(['custom', 'generic'] as const)('has its policies, and sees the rows of its scope: %s', async (mode) => {
    for (const name of ['a', 'b']) {
      await test.database.execute(documents.create(documentsOf(name), document()));
    }
    const all = documents.search(documentsOf('a'), batchQuerier({ pagination: { noPagination: true } }));

    const { Plan } = await test.database.explain(all, { mode, analyze: true });

    expect(JSON.stringify(Plan)).toContain('InitPlan 1');
    expect(Plan['Actual Rows']).toBe((await test.database.execute(all)).items.length);
    expect(Plan['Actual Rows']).toBeGreaterThan(0);
  });
});
