import { batchQuerier, type Cursor, order, type Page, searchScope, unscoped, where } from '@holdfast/querier';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntitySchema } from 'typeorm';
import { applyTo } from '../../src/index.js';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

interface AccountRow {
  id: number;
  name: string;
  team?: string;
  secret?: string | null;
  rank?: number | null;
}
const Account = new EntitySchema<AccountRow>({
  name: 'Account',
  tableName: 'accounts',
  columns: {
    id: { type: 'int', primary: true },
    secret: { type: 'text', nullable: true, select: false },
    team: { type: 'text', select: false },
    name: { type: 'text' },
    rank: { type: 'int', nullable: true, select: false },
  },
});
const accounts = operationsOf<AccountRow, number>(Account);
const all = unscoped('a test');
const red = searchScope<AccountRow>({ name: 'team', equals: { team: 'red' } });

describe.each(bothPools)('columns with select: false %s', (_, pool) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([Account], pool);
    const rows = [
      { id: 1, name: 'a', secret: 's1', rank: 2 },
      { id: 2, name: 'b', rank: 1 },
      { id: 3, name: 'c', secret: 's3' },
    ].map((values) => ({ values }));
    await test.database.execute(accounts.bulkCreate(red, rows));
  });
  afterAll(() => test.close());

  it('are in no cursor that can be read', async () => {
    const ordered = (by: 'secret' | 'name') =>
      test.database.execute(
        accounts.search(red, batchQuerier<AccountRow>({ orders: [order<AccountRow>(by)], pagination: { first: 1 } })),
      );
    const readable = async (by: 'secret' | 'name') =>
      Buffer.from((await ordered(by)).endCursor!, 'base64url').toString('latin1');

    expect(await readable('name')).toContain('a');
    const [{ secret }] = await test.dataSource.query<[{ secret: string }]>(
      `SELECT secret FROM accounts WHERE id = $1`,
      [(await ordered('secret')).items[0]!.id],
    );
    expect(await readable('secret')).not.toContain(secret);
  });

  it('are in no row, whatever reads or writes it', async () => {
    const { database } = test;
    const querier = batchQuerier<AccountRow>({
      pagination: { limit: 9, offset: 0 },
      total: 'exact',
      measureBoth: true,
    });
    const read = [
      await database.execute(accounts.create(red, { values: { id: 4, name: 'd', secret: 's4' } })),
      ...(await database.execute(accounts.bulkCreate(red, [{ values: { id: 5, name: 'e', secret: 's5' } }]))),
      await database.execute(accounts.update(red, 4, { changes: { secret: 'changed' } })),
      await database.execute(accounts.get(red, 4)),
      ...(await database.execute(accounts.loadMany(red, [5, 1]))),
      ...(await database.execute(accounts.search(red, querier))).items,
      ...(await database.execute(accounts.pagesPerParent(red, { by: 'team', parents: ['red'] }, querier))).get('red')!
        .items,
      await database.execute(accounts.purge(red, 4)),
      await database.execute(accounts.purge(red, 5)),
    ];

    for (const row of read) expect(Object.keys(row!)).toEqual(['id', 'name']);
    expect(read).toHaveLength(18);
  });

  it('are written, and asked about', async () => {
    const { database, dataSource } = test;
    await database.execute(accounts.update(red, 1, { changes: { secret: 'new' } }));
    const stored = await dataSource.query<readonly object[]>('SELECT secret, team FROM accounts WHERE id = 1');

    expect(stored).toEqual([{ secret: 'new', team: 'red' }]);
    expect(await database.execute(accounts.count(red, { secret: { eq: 'new' } }))).toBe(1);
    expect(await database.execute(accounts.count(all, { team: { ne: 'red' } }))).toBe(0);
  });

  it.each([true, false])('are ordered by, and paged by cursors of them, ascending: %p', async (ascending) => {
    const found: number[] = [];
    let after: Cursor | null = null;
    do {
      const querier = batchQuerier<AccountRow>({
        orders: [order('rank', { ascending, nulls: 'last' })],
        pagination: { first: 1, after },
        total: 'exact',
        measureBoth: true,
      });
      const page: Page<AccountRow> = await test.database.execute(accounts.search(red, querier));
      found.push(...page.items.map(({ id }) => id));
      expect(Object.keys(page.items[0]!)).toEqual(['id', 'name']);
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);

    expect(found).toEqual(ascending ? [2, 1, 3] : [1, 2, 3]);
  });

  it('are ordered by in the pages of a query builder', async () => {
    const builder = test.dataSource.getRepository(Account).createQueryBuilder('a');
    const querier = batchQuerier<AccountRow>({
      conditions: [where<AccountRow>({ rank: { isNull: false } })],
      orders: [order('rank')],
      pagination: { limit: 5, offset: 0 },
    });

    const { items } = await applyTo(builder, red, querier).getPage();

    expect(items).toEqual([
      { id: 2, name: 'b' },
      { id: 1, name: 'a' },
    ]);
  });
});
