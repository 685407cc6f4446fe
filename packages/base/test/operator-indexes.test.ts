import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import {
  type ArrayOperators,
  batchQuerier,
  CursorCodec,
  type JsonOperators,
  type ManyOperators,
  type OneOperators,
  type Pagination,
  type ScalarOperators,
  searchScope,
} from '@holdfast/querier';
import pg from 'pg';
import { EntityCatalog } from '../src/entity/entity-catalog.js';
import { Database, entityOperations, type PlanNode } from '../src/index.js';
import { AuthorRow } from './fixture/library/author-row.js';
import { BookRow } from './fixture/library/book-row.js';
import { conditionIndexCases } from './fixture/library/condition-index-cases.js';
import { fillLibrary } from './fixture/library/fill-library.js';
import type { IndexCase, IndexCheck } from './fixture/library/index-case.js';
import { LoanRow } from './fixture/library/loan-row.js';
import { orderIndexCases } from './fixture/library/order-index-cases.js';
import { indexConditions, sortsMoreThanAPage } from './fixture/library/read-plan.js';
import { relationIndexCases } from './fixture/library/relation-index-cases.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const books = entityOperations<BookRow, BookRow, string>({
  entity: BookRow,
  toData: (row) => row,
  notFound: (id) => new EntityNotFound('book', `There is no book ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('book', 'There is one of these already.'),
});
const scope = searchScope<BookRow>({
  name: 'tenant',
  equals: { tenant: 'tenant 3' },
  related: {
    author: searchScope<AuthorRow>({ name: 'tenant', equals: { tenant: 'tenant 3' } }),
    loans: searchScope<LoanRow>({ name: 'tenant', equals: { tenant: 'tenant 3' } }),
  },
});
const cases = [...conditionIndexCases, ...relationIndexCases, ...orderIndexCases];

type Mode = 'force_generic_plan' | 'force_custom_plan' | 'auto';

describe('an index of docs/indexes.md', () => {
  let test: TestDatabase;
  let catalog: EntityCatalog;
  let database: Database;
  let client: pg.Client;
  const reader = `reader_${randomBytes(6).toString('hex')}`;

  beforeAll(async () => {
    test = await testDatabase([BookRow, AuthorRow, LoanRow]);
    const cursors = new CursorCodec({ keys: ['a secret that only this test knows of'] });
    catalog = new EntityCatalog(test.dataSource, cursors);
    database = new Database(test.dataSource, { cursors });
    client = new pg.Client(test.url);
    await client.connect();
    await client.query('CREATE EXTENSION btree_gin; CREATE EXTENSION pg_trgm');
    await fillLibrary(client);
    await client.query('VACUUM ANALYZE');
    for (const table of ['books', 'authors', 'loans']) {
      // An autovacuum would wait for the grants below, and have what this test waits for.
      await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
      await client.query(`CREATE POLICY own ON ${table} USING (tenant = (SELECT current_setting('app.tenant', true)))`);
    }
    // What follows is never committed: a role would outlive the database.
    await client.query(`BEGIN; CREATE ROLE ${reader}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${reader}`);
    await client.query(`SET LOCAL app.tenant = 'tenant 3'`);
  });
  afterAll(async () => {
    await client.end();
    await test.close();
  });
  beforeEach(() => client.query('SAVEPOINT before'));
  afterEach(() => client.query('ROLLBACK TO before; DEALLOCATE ALL'));

  async function prepare({ search, behind }: IndexCheck): Promise<string> {
    let pagination: Pagination = { noPagination: true };
    if (behind !== undefined) {
      const skipped = batchQuerier({ ...search, pagination: { limit: 1, offset: behind - 1 } });
      const after = behind === 0 ? null : (await database.execute(books.search(scope, skipped))).endCursor;
      pagination = { first: 20, after };
    }
    const { statement, values } = books.search(scope, batchQuerier({ ...search, pagination })).plan(catalog);
    await client.query(`PREPARE probe AS ${statement.sql}`);
    return `probe(${values.map((value) => (value === null ? 'NULL' : client.escapeLiteral(value))).join(', ')})`;
  }

  async function explain(prepared: string, mode: Mode): Promise<PlanNode> {
    await client.query(`SET LOCAL plan_cache_mode = ${mode}`);
    const explained = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (FORMAT JSON) EXECUTE ${prepared}`,
    );
    return explained.rows[0]!['QUERY PLAN'][0].Plan;
  }

  function isServed({ search, served }: IndexCheck, plan: PlanNode): boolean {
    const conditions = indexConditions(plan, 'served');
    const isAsked = conditions.length > 0 && served.every((part) => conditions.some((one) => one.includes(part)));
    return isAsked && (search.orders === undefined || !sortsMoreThanAPage(plan));
  }

  async function createIndex(text: string, column: string): Promise<void> {
    const [table] = text.split(' ');
    await client.query(`CREATE INDEX served ON ${text.replace(/\bc\b/g, column)}`);
    // Of expressions nothing is known yet; of columns all is.
    if (/\(.*\(/.test(text)) await client.query(`ANALYZE ${table!}`);
  }

  const tests = cases.flatMap((one) => {
    const columns = [...new Set(one.checks.map(({ column }) => column))];
    return columns.map((column) => ({
      name: `${one.index}${column === '' ? '' : `, c = ${column}`}, for ${one.operators.join(', ')}`,
      one,
      column,
    }));
  });

  it.each(tests)('serves where the document says so: $name', async ({ one, column }) => {
    await createIndex(one.index, column);
    for (const check of one.checks.filter((each) => each.column === column)) {
      await client.query('SAVEPOINT prepared');
      const prepared = await prepare(check);
      const found: Record<string, boolean> = {};
      for (const under of ['no policy', 'a policy']) {
        if (under === 'a policy') {
          await client.query(`ALTER TABLE books ENABLE ROW LEVEL SECURITY; ALTER TABLE authors ENABLE ROW LEVEL SECURITY;
            ALTER TABLE loans ENABLE ROW LEVEL SECURITY; SET LOCAL ROLE ${reader}`);
        }
        found[`generic under ${under}`] = isServed(check, await explain(prepared, 'force_generic_plan'));
        found[`custom under ${under}`] = isServed(check, await explain(prepared, 'force_custom_plan'));
      }
      await client.query('ROLLBACK TO prepared; DEALLOCATE ALL');

      expect({ search: check.search, ...found }).toEqual({
        search: check.search,
        'generic under no policy': one.generic,
        'custom under no policy': one.custom,
        'generic under a policy': one.generic && one.underPolicy,
        'custom under a policy': one.custom && one.underPolicy,
      });
    }
  });

  const forValues = cases.filter(({ generic, custom }) => custom && !generic);

  it.each(forValues)('is found by PostgreSQL itself where only a plan for values has it: $index', async (one) => {
    const [check] = one.checks as [IndexCheck];
    await createIndex(one.index, check.column);
    const prepared = await prepare(check);
    for (let i = 0; i < 10; i++) await client.query(`EXECUTE ${prepared}`);

    expect(isServed(check, await explain(prepared, 'auto'))).toBe(true);
  });
});

type Operator =
  | keyof ScalarOperators<string | null>
  | keyof ArrayOperators<string[] | null>
  | keyof JsonOperators<object>
  | keyof OneOperators<object>
  | keyof ManyOperators<object>;

const everyOperator: Record<Operator, true> = {
  eq: true,
  ne: true,
  in: true,
  notIn: true,
  lt: true,
  lte: true,
  gt: true,
  gte: true,
  isNull: true,
  contains: true,
  startsWith: true,
  endsWith: true,
  ieq: true,
  icontains: true,
  istartsWith: true,
  iendsWith: true,
  iin: true,
  has: true,
  hasAny: true,
  hasAll: true,
  isEmpty: true,
  hasKey: true,
  at: true,
  is: true,
  exists: true,
  some: true,
  none: true,
  every: true,
};

describe('docs/indexes.md', () => {
  it('names every operator', () => {
    const named = [...conditionIndexCases, ...relationIndexCases].flatMap(({ operators }) => operators);

    expect([...new Set(named)].sort()).toEqual(Object.keys(everyOperator).sort());
  });

  it('has the cases of this test in its tables, and no others', () => {
    const said = (is: boolean): string => (is ? 'yes' : 'no');
    const code = (text: string): string => (/[` ]/.test(text) ? text : `\`${text}\``);
    const isOrder = (one: IndexCase): boolean => orderIndexCases.includes(one);
    const expected = cases.map((one) => [
      one.operators.map((name) => (isOrder(one) ? name : code(name))).join(', '),
      one.columns,
      `\`${one.index}\``,
      said(one.generic),
      said(one.custom),
      said(one.underPolicy),
    ]);
    const lines = readFileSync(`${__dirname}/../../../docs/indexes.md`, 'utf8').split('\n');
    const rows = lines
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    const written = rows.filter(([first], i) => !/^:?-+$/.test(first!) && !/^:?-+$/.test(rows[i + 1]?.[0] ?? ''));

    expect(written).toEqual(expected);
  });
});
