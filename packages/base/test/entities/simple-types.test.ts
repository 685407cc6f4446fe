import { batchQuerier, type Jsonb, order, unscoped } from '@holdfast/querier';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntitySchema } from 'typeorm';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

type Level = 0 | 1 | 10;
interface SimpleRow {
  id: number;
  list: readonly string[] | null;
  document: Jsonb<{ readonly a: number | null; readonly b?: readonly string[] }> | null;
  mood: 'glad' | 'it’s sad' | null;
  level: Level;
  levels: readonly Level[] | null;
  sorted: readonly string[] | null;
}
const Simple = new EntitySchema<SimpleRow>({
  name: 'Simple',
  tableName: 'simples',
  columns: {
    id: { type: 'int', primary: true },
    list: { type: 'simple-array', nullable: true },
    document: { type: 'simple-json', nullable: true },
    mood: { type: 'simple-enum', enum: ['glad', 'it’s sad'], nullable: true },
    level: { type: 'enum', enum: [0, 1, 10], default: 0 },
    levels: { type: 'enum', enum: [0, 1, 10], array: true, nullable: true },
    sorted: {
      type: 'simple-array',
      nullable: true,
      transformer: {
        to: (value: string[] | null) => value?.toSorted(),
        from: (stored: string[] | null) => stored?.toReversed() ?? null,
      },
    },
  },
});
const simples = operationsOf<SimpleRow, number>(Simple);
const all = unscoped('a test');

describe.each(bothPools)('lists, documents and enums that TypeORM keeps in its own way %s', (_, pool) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([Simple], pool);
  });
  afterAll(() => test.close());
  const given = {
    id: 1,
    list: ['one', 'two words', 'th"ree'],
    document: { a: null, b: ['x'] },
    mood: 'it’s sad',
    level: 10,
    levels: [1, 0],
    sorted: ['b', 'a'],
  } as const;

  it('are stored and read as by TypeORM, in both directions', async () => {
    const { database, dataSource } = test;
    const repository = dataSource.getRepository(Simple);
    const created = await database.execute(simples.create(all, { values: given }));
    const [stored] = await dataSource.query<readonly object[]>('SELECT * FROM simples WHERE id = 1');
    await repository.insert({ ...given, id: 2 } as never);

    expect(stored).toEqual({
      id: 1,
      list: 'one,two words,th"ree',
      document: '{"a":null,"b":["x"]}',
      mood: 'it’s sad',
      level: '10',
      levels: '{1,0}',
      sorted: 'a,b',
    });
    expect(created).toEqual({ ...given, sorted: ['b', 'a'] });
    expect(await repository.findOneByOrFail({ id: 1 })).toEqual(created);
    expect(await database.execute(simples.get(all, 2))).toEqual({ ...created, id: 2 });
    await database.execute(simples.batchPurge(all, [1, 2]));
  });

  it('may be empty, and NULL', async () => {
    const empty = await test.database.execute(
      simples.create(all, { values: { id: 3, list: [], document: { a: 1 }, levels: [] } }),
    );
    const none = await test.database.execute(simples.update(all, 3, { changes: { list: null, document: null } }));

    expect(empty).toMatchObject({ list: [], document: { a: 1 }, levels: [], level: 0, mood: null });
    expect(none).toMatchObject({ list: null, document: null });
    await test.database.execute(simples.purge(all, 3));
  });

  it.each([
    ['a list with a comma in it', { list: ['a,b'] }, '/list'],
    ['a list of one empty text', { list: [''] }, '/list'],
    ['no list', { list: 'a' }, '/list'],
    ['a list of nothing', { list: Array.from({ length: 2 }) }, '/list'],
    ['a document that is none', { document: () => 1 }, '/document'],
    ['a text that is no label', { mood: 'mad' }, '/mood'],
    ['a number that is no label', { level: 5 }, '/level'],
    ['a list with a number that is no label', { levels: [1, 2] }, '/levels/1'],
  ])('refuse %s', async (_what, values, pointer) => {
    const creating = test.database.execute(simples.create(all, { values: { id: 4, ...values } as never }));

    await expect(creating).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer });
  });

  it('with numbers are compared and ordered as enums, and those in texts not by their parts', async () => {
    const { database } = test;
    const rows = ([10, 0, 1] as const).map((level, i) => ({
      values: { id: 10 + i, level, levels: [level], list: ['a'] },
    }));
    await database.execute(simples.bulkCreate(all, rows));
    const querier = batchQuerier<SimpleRow>({ orders: [order('level')], pagination: { noPagination: true } });
    const count = (condition: object) => database.execute(simples.count(all, condition as never));

    expect((await database.execute(simples.search(all, querier))).items.map(({ level }) => level)).toEqual([0, 1, 10]);
    expect(await count({ level: { gt: 0 } })).toBe(2);
    expect(await count({ level: { in: [0, 1] } })).toBe(2);
    expect(await count({ levels: { has: 10 } })).toBe(1);
    expect(await count({ list: { isNull: false } })).toBe(3);
    await expect(count({ list: { has: 'a' } })).rejects.toThrow('list has no operator');
    await expect(count({ document: { hasKey: 'a' } })).rejects.toThrow('document has no operator');
    await database.execute(simples.batchPurge(all, [10, 11, 12]));
  });
});
