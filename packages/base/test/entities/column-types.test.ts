import { batchQuerier, type Cursor, order, type Page, unscoped } from '@holdfast/querier';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ColumnType, EntitySchema } from 'typeorm';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

interface Specimen {
  readonly type: ColumnType;
  /** Values in PostgreSQL's order. */
  readonly values: readonly unknown[];
  /** As they come back, where that is another form. */
  readonly read?: readonly unknown[];
  readonly length?: number;
}
const jan = (day: number) => new Date(Date.UTC(2026, 0, day, 1, 2, 3, 456));
const local = (day: number) => new Date(2026, 0, day, 1, 2, 3, 456);
const low = '01890a5d-ac96-774b-bcce-b302099a8057';

const specimens: Readonly<Record<string, Specimen>> = {
  text: { type: 'text', values: ['', 'a "quoted", \\ {text}', 'b', 'ä€😀'] },
  varchar: { type: 'varchar', values: ['a', 'b'], length: 5 },
  uuid: { type: 'uuid', values: [low, low.replace(/^0/, 'f')] },
  smallint: { type: 'smallint', values: [-32768, 0, 32767] },
  int: { type: 'int', values: [-2147483648, 0, 2147483647] },
  bigint: { type: 'bigint', values: ['-9223372036854775808', '9223372036854775807'] },
  numeric: { type: 'numeric', values: ['-1.50', '0.1000', '123456789012345678901234567890.5'] },
  real: { type: 'real', values: [-1.5, 0.25] },
  double: { type: 'double precision', values: [-1e300, 1e-300, 0.1] },
  boolean: { type: 'boolean', values: [false, true] },
  timestamptz: { type: 'timestamptz', values: [jan(1), jan(2)] },
  timestamp: { type: 'timestamp', values: [local(1), local(2)] },
  date: { type: 'date', values: ['0001-01-01', '2026-02-28'] },
  time: { type: 'time', values: ['00:00:00', '12:30:15.123456'] },
  bytea: { type: 'bytea', values: [new Uint8Array([0, 1]), new Uint8Array([255])] },
  interval: {
    type: 'interval',
    values: ['-1 year -2 mons +3 days -04:05:06.789', '-1 hours', '0', '2 days', '1 year'],
    read: ['-1 years -2 mons +3 days -04:05:06.789', '-01:00:00', '00:00:00', '2 days', '1 year'],
  },
  inet: { type: 'inet', values: ['10.0.0.0/8', '10.0.0.1', '::1'] },
  cidr: { type: 'cidr', values: ['10.0.0.0/8', '192.168.0.0/16'] },
  macaddr: { type: 'macaddr', values: ['08:00:2b:01:02:03', 'ff:00:2b:01:02:03'] },
  macaddr8: { type: 'macaddr8', values: ['08:00:2b:01:02:03:04:05', 'ff:00:2b:01:02:03:04:05'] },
  timetz: { type: 'timetz', values: ['10:00:00+02', '10:00:00.5+00', '10:00:00-03:30'] },
  char: { type: 'char', values: ['ab', 'abc'], read: ['ab ', 'abc'], length: 3 },
  bit: { type: 'bit', values: ['00101', '11111'], length: 5 },
  varbit: { type: 'varbit', values: ['0', '01', '1'] },
};

interface TypedRow {
  id: number;
  value: string | null;
  values: readonly string[] | null;
}
const entities = new Map(
  Object.entries(specimens).map(([name, { type, length }]) => {
    const column = { type, nullable: true, ...(length === undefined ? {} : { length }) };
    const entity = new EntitySchema<TypedRow>({
      name: `typed_${name}`,
      columns: { id: { type: 'int', primary: true }, value: column, values: { ...column, array: true } },
    });
    return [name, { entity, typed: operationsOf<TypedRow, number>(entity) }];
  }),
);
const all = unscoped('a test');

describe.each(bothPools)('a column %s of type', (_, options) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase(
      Array.from(entities.values(), ({ entity }) => entity),
      options,
    );
  });
  afterAll(() => test.close());

  describe('of PostgreSQL', () => {
    it.each(Object.keys(specimens))('%s keeps values, lists of them, and NULL', async (name) => {
      const { values, read = values } = specimens[name]!;
      const { typed } = entities.get(name)!;
      const rows = values.map((value, id) => ({ values: { id, value, values: [value, null, ...values] } as never }));
      rows.push({ values: { id: 99, value: null, values: null } as never });

      const created = await test.database.execute(typed.bulkCreate(all, rows));
      const found = await test.database.execute(typed.loadMany(all, [...values.keys(), 99]));
      await test.database.execute(typed.update(all, 99, { changes: { values: [] } }));
      const emptied = await test.database.execute(typed.get(all, 99));

      const expected = read.map((value, id) => ({ id, value, values: [value, null, ...read] }));
      expect(created).toEqual([...expected, { id: 99, value: null, values: null }]);
      expect(found).toEqual(created);
      expect(emptied.values).toEqual([]);
    });

    it.each(Object.keys(specimens))('%s is compared, ordered and walked by cursors', async (name) => {
      const { values } = specimens[name]!;
      const { typed } = entities.get(name)!;
      const count = (condition: object) => test.database.execute(typed.count(all, condition as never));

      const walked: number[] = [];
      let after: Cursor | null = null;
      do {
        const querier = batchQuerier<TypedRow>({
          orders: [order('value')],
          pagination: { first: 2, after },
        });
        const page: Page<TypedRow> = await test.database.execute(typed.search(all, querier));
        walked.push(...page.items.map(({ id }) => id));
        after = page.hasNextPage ? page.endCursor : null;
      } while (after !== null);

      expect(walked).toEqual([...values.keys(), 99]);
      for (const value of values) expect(await count({ value: { eq: value } })).toBe(1);
      expect(await count({ value: { in: values } })).toBe(values.length);
      expect(await count({ value: { notIn: values } })).toBe(1);
      expect(await count({ value: { ne: values[0] } })).toBe(values.length);
      expect(await count({ value: { isNull: true } })).toBe(1);
      expect(await count({ values: { has: values[0] } })).toBe(values.length);
      expect(await count({ values: { hasAll: values } })).toBe(values.length);
      if (name !== 'boolean' && name !== 'bytea')
        expect(await count({ value: { gt: values[0] } })).toBe(values.length - 1);
    });

    it.each(['inet', 'interval', 'timetz', 'char', 'varbit'])('%s has no operators of texts', async (name) => {
      const { typed } = entities.get(name)!;
      for (const operator of ['contains', 'startsWith', 'endsWith', 'ieq', 'icontains']) {
        const counting = test.database.execute(typed.count(all, { value: { [operator]: '1' } }));
        await expect(counting).rejects.toMatchObject({ reason: 'UNKNOWN_OPERATOR' });
      }
    });

    it('inet refuses by PostgreSQL what it cannot read', async () => {
      const { typed } = entities.get('inet')!;
      const creating = test.database.execute(typed.create(all, { values: { id: 50, value: 'nowhere' } }));
      const counting = test.database.execute(typed.count(all, { value: { eq: 'nowhere' } }));

      await expect(creating).rejects.toMatchObject({ name: 'InvalidData' });
      await expect(counting).rejects.toMatchObject({ name: 'InvalidData' });
      await expect(
        test.database.execute(typed.create(all, { values: { id: 50, value: 'a\0b' } })),
      ).rejects.toMatchObject({ pointer: '/value' });
    });

    it('char keeps more than its first character in conditions and lists', async () => {
      const { typed } = entities.get('char')!;

      expect(await test.database.execute(typed.count(all, { value: { eq: 'abd' } }))).toBe(0);
      expect(await test.database.execute(typed.count(all, { value: { eq: 'abc' } }))).toBe(1);
    });
  });
});

it('an interval is read as it is, whatever style the connection is set to', async () => {
  const { entity, typed } = entities.get('interval')!;
  const test = await testDatabase([entity]);
  const created = await test.database.execute(typed.create(all, { values: { id: 1, value: '-1 days -2 hours' } }));

  const read = await test.database.beginSession(async (dbSession) => {
    await dbSession.sql`SET LOCAL intervalstyle TO sql_standard`;
    return dbSession.execute(typed.get(all, 1));
  });

  expect(read).toEqual(created);
  await test.close();
});
