import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import {
  batchQuerier,
  type Cursor,
  order,
  type Page,
  type QueryCondition,
  searchScope,
  Timestamp,
  unscoped,
} from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { entityOperations, guardedPool, newId } from '../src/index.js';
import { beginConnectionsWith } from './fixture/begin-connections-with.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

interface MomentRow {
  readonly id: string;
  readonly tenant: Date;
  readonly at: Date;
  readonly local: Date | null;
  readonly all: readonly Date[];
}

const MomentRow = new EntitySchema<MomentRow>({
  name: 'Moment',
  tableName: 'moments',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'timestamptz' },
    at: { type: 'timestamptz' },
    local: { type: 'timestamp', nullable: true },
    all: { type: 'timestamptz', array: true, default: [] },
  },
});

const moments = entityOperations<MomentRow, MomentRow, string>({
  entity: MomentRow,
  toData: (row) => ({ ...row }),
  notFound: () => new EntityNotFound('moment', 'There is none.'),
  alreadyExists: () => new EntityAlreadyExists('moment'),
});

const tenant = Timestamp.of('2001-02-03T04:05:06.000007Z');
const mine = searchScope<MomentRow>({ name: 'tenant', equals: { tenant } });
const exactly = (date: Date): string => (date as Timestamp).toISOString();

describe.each([
  ['a guarded client', guardedPool({ max: 1 })],
  ['a stock client', { extra: { max: 1 } }],
])('microseconds, on %s,', (_, pool) => {
  let test: TestDatabase;
  let warnings: ReturnType<typeof jest.spyOn>;

  beforeAll(async () => {
    warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    test = await testDatabase([MomentRow], pool);
  });
  afterAll(async () => {
    await test.close();
    warnings.mockRestore();
  });

  /** A row whose times the server made. */
  const stored = async (at: string): Promise<string> => {
    const id = newId();
    await test.dataSource.query(
      `INSERT INTO moments (id, tenant, at, local, "all") VALUES ($1, $2, $3, ($3::timestamptz)::timestamp, ARRAY[$3::timestamptz])`,
      [id, exactly(tenant), at],
    );
    return id;
  };
  const count = (condition: QueryCondition<MomentRow>): Promise<number> =>
    test.database.execute(moments.count(mine, condition));

  it.each([
    '2026-03-04T05:06:07.123456Z',
    '2026-03-04T05:06:07.000001Z',
    '2026-03-04T05:06:07.100000Z',
    '2026-03-04T05:06:07.000000Z',
    '1969-12-31T23:59:59.999999Z',
    '0001-01-01T00:00:00.000001Z',
    '9999-12-31T23:59:59.999999Z',
  ])('are read, found again and written back: %s', async (text) => {
    const id = await stored(text);

    const { at, all, local } = await test.database.execute(moments.get(mine, id));

    expect([at, all[0]!].map(exactly)).toEqual([text, text]);
    expect(JSON.parse(JSON.stringify({ at }))).toEqual({ at: text });
    for (const condition of [
      { at: { eq: at } },
      { at: { in: [at] } },
      { at: { lte: at, gte: at } },
      { local: { eq: local! } },
      { all: { has: at } },
    ] as const) {
      expect(await count({ id: { eq: id }, ...condition })).toBe(1);
    }
    expect(await count({ id: { eq: id }, at: { lt: at } })).toBe(0);
    expect(await count({ id: { eq: id }, at: { gt: at } })).toBe(0);

    const copy = newId();
    const created = await test.database.execute(moments.create(mine, { values: { id: copy, at, local, all } }));
    const same = await test.dataSource.query<[{ same: boolean }]>(
      `SELECT (a.at, a.local, a."all", a.tenant) = (b.at, b.local, b."all", b.tenant) AS same FROM moments a, moments b WHERE a.id = $1 AND b.id = $2`,
      [id, copy],
    );
    expect(same).toEqual([{ same: true }]);
    expect(exactly(created.at)).toBe(text);
  });

  it('are written by a change, to a row that its own values find', async () => {
    const id = await stored('2026-03-04T05:06:07.123456Z');
    const { at } = await test.database.execute(moments.get(mine, id));
    const next = new Timestamp(at, 457);

    const changed = await test.database.execute(
      moments.updateIf(mine, id, { at: { eq: at } }, { changes: { at: next } }),
    );

    expect(changed && exactly(changed.at)).toBe('2026-03-04T05:06:07.123457Z');
    expect(await test.database.execute(moments.updateIf(mine, id, { at: { eq: at } }, { changes: { at } }))).toBeNull();
  });

  it('are those of any time zone that the connection is set to', async () => {
    const id = await stored('2026-03-04T05:06:07.123456Z');
    for (const zone of ['Asia/Kathmandu', 'America/St_Johns', 'UTC']) {
      await beginConnectionsWith(test.dataSource, `SET TIME ZONE '${zone}'`);
      const { at } = await test.database.execute(moments.get(mine, id));
      expect(exactly(at)).toBe('2026-03-04T05:06:07.123456Z');
    }
  });

  it('tell the rows of pages apart', async () => {
    const times = Array.from({ length: 5 }, (_, i) => `2030-01-01T00:00:00.00000${i}Z`);
    for (const time of times) await stored(time);
    const walked: string[] = [];
    let after: Cursor | null = null;
    for (let more = true; more && walked.length < 9;) {
      const querier = batchQuerier<MomentRow>({
        conditions: [{ at: { gte: Timestamp.of(times[0]!), lte: Timestamp.of(times.at(-1)!) } }],
        orders: [order('at')],
        pagination: { first: 1, after },
      });
      const page: Page<MomentRow> = await test.database.execute(moments.search(mine, querier));
      walked.push(...page.items.map(({ at }) => exactly(at)));
      ({ endCursor: after, hasNextPage: more } = page);
    }

    expect(walked).toEqual(times);
  });

  it('are no matter for a Date that has none', async () => {
    const at = new Date('2026-05-05T05:05:05.005Z');
    const { id } = await test.database.execute(moments.create(mine, { values: { id: newId(), at, local: at } }));

    const row = await test.database.execute(moments.get(mine, id));

    expect(row).toMatchObject({ at, local: at });
    expect(await count({ id: { eq: id }, at: { eq: at }, local: { eq: at } })).toBe(1);
  });

  it('are in what TypeORM is given only as far as pg writes a Date: to the millisecond', async () => {
    const id = await stored('2026-03-04T05:06:07.123456Z');
    const row = await test.database.execute(moments.get(mine, id));

    const same = await test.dataSource.getRepository(MomentRow).findOneByOrFail({ id });
    const copy = newId();
    await test.dataSource.getRepository(MomentRow).save({ ...row, id: copy });

    expect(same.at).toEqual(row.at);
    const { at } = await test.database.execute(moments.get(unscoped('of no tenant any more'), copy));
    expect(exactly(at)).toBe('2026-03-04T05:06:07.123000Z');
  });
});
