import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { searchScope, unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { entityOperations, guardedPool } from '../src/index.js';
import { article, articles, tenant } from './fixture/articles.js';
import { ArticleRow } from './fixture/article-row.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

/** A line of an order, known by the order's number and its own. */
interface LineRow {
  readonly tenant: string;
  readonly order: string;
  readonly line: number;
  readonly text: string;
  readonly deletedAt: Date | null;
}

const LineRow = new EntitySchema<LineRow>({
  name: 'Line',
  tableName: 'lines',
  columns: {
    tenant: { type: 'text' },
    order: { type: 'bigint', name: 'order_number', primary: true },
    line: { type: 'int', primary: true },
    text: { type: 'text' },
    deletedAt: { type: 'timestamptz', deleteDate: true, nullable: true },
  },
});

type LineId = Pick<LineRow, 'order' | 'line'>;

const lines = entityOperations<LineRow, string, LineId>({
  entity: LineRow,
  toData: ({ text }) => text,
  notFound: () => new EntityNotFound('line'),
  alreadyExists: () => new EntityAlreadyExists('line'),
  softDelete: 'deletedAt',
});

const linesOf = (name: string) => searchScope<LineRow>({ name: 'tenant', equals: { tenant: name } });
const a = linesOf('a');

describe.each([
  ['the guarded pool', guardedPool({ max: 1 })],
  ['a stock pool', { extra: { max: 1 } }],
])('loading many rows over %s', (_name, pool) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([LineRow, ArticleRow], pool);
    await test.dataSource.query(`INSERT INTO lines (tenant, order_number, line, text, "deletedAt") VALUES
      ('a', 1, 1, 'a 1.1', NULL), ('a', 1, 2, 'a 1.2', NULL), ('a', 2, 1, 'a 2.1', now()), ('a', 9007199254740993, 1, 'far', NULL),
      ('b', 3, 1, 'b 3.1', NULL)`);
  });
  afterAll(() => test.close());

  const load = (ids: readonly LineId[], scope: Parameters<typeof lines.loadMany>[0] = a): Promise<readonly unknown[]> =>
    test.database.execute(lines.loadMany(scope, ids));

  it('by keys of several columns gives them in the order of the ids, and null for what is not there', async () => {
    const ids = [
      { order: '1', line: 2 },
      { order: '7', line: 1 },
      { line: 1, order: '9007199254740993' },
      { order: '9007199254740992', line: 1 },
      { order: '1', line: 1 },
      { order: '1', line: 2 },
    ];
    expect(await load(ids)).toEqual(['a 1.2', null, 'far', null, 'a 1.1', 'a 1.2']);
    expect(await load([])).toEqual([]);
  });

  it('does not mix the parts of different ids', async () => {
    // There are an order 1 with a line 2, and an order 2 with a line 1.
    expect(
      await load([
        { order: '2', line: 2 },
        { order: '1', line: 1 },
      ]),
    ).toEqual([null, 'a 1.1']);
  });

  it('leaves out what is another tenant’s, and what is deleted unless it is asked for', async () => {
    const ids = [
      { order: '3', line: 1 },
      { order: '2', line: 1 },
    ];
    expect(await load(ids)).toEqual([null, null]);
    expect(await load(ids, linesOf('b'))).toEqual(['b 3.1', null]);
    expect(await load(ids, [a, linesOf('b')])).toEqual(['b 3.1', null]);
    const all = lines.loadMany(unscoped('a test looks at everything'), ids, { includeDeleted: true });
    expect(await test.database.execute(all)).toEqual(['b 3.1', 'a 2.1']);
  });

  it.each([
    [[{ order: '1' }], '/ids/0/line'],
    [
      [
        { order: '1', line: 1 },
        { order: null, line: 1 },
      ],
      '/ids/1/order',
    ],
    [
      [
        { order: '1', line: 1 },
        { order: '1', line: 'x' },
      ],
      '/ids/1/line',
    ],
    [[{ order: '1.5', line: 1 }], '/ids/0/order'],
    [[{ order: '1', line: 1 }, ['1', 1]], '/ids/1'],
    [[undefined], '/ids/0'],
    // eslint-disable-next-line no-sparse-arrays -- a hole is no id
    [[{ order: '1', line: 1 }, , { order: '1', line: 1 }], '/ids/1'],
    [[Object.create({ order: '1', line: 1 })], '/ids/0'],
    [new Set([{ order: '1', line: 1 }]), '/ids'],
    ['1', '/ids'],
  ])('refuses the ids %j', async (ids, pointer) => {
    await expect(load(ids as never)).rejects.toMatchObject({ name: 'InvalidInput', pointer });
  });

  it('by one column refuses what is no id, too', async () => {
    const { id } = await test.database.execute(articles.create(tenant('a'), article()));
    for (const [ids, pointer] of [
      [[id, 'x'], '/ids/1'],
      [[id, null], '/ids/1'],
      [id, '/ids'],
      [null, '/ids'],
    ] as const) {
      const spec = articles.loadMany(tenant('a'), ids as never);
      await expect(test.database.execute(spec)).rejects.toMatchObject({ name: 'InvalidInput', pointer });
    }
  });
});
