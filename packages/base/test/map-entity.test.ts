import { afterEach, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { EntitySchema, type EntitySchemaColumnOptions, type EntitySchemaOptions } from 'typeorm';
import { operationsOf } from './fixture/operations-of.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

let test: TestDatabase | null = null;
afterEach(() => test?.close());

interface ThingRow {
  readonly id: number;
  readonly thing: unknown;
}

function use(thing: EntitySchemaColumnOptions): Promise<unknown> {
  return useEntity(
    new EntitySchema<ThingRow>({
      name: 'Thing',
      columns: { id: { type: 'int', primary: true }, thing: { nullable: true, ...thing } },
    }),
  );
}

async function useEntity(entity: EntitySchema<ThingRow>): Promise<unknown> {
  test = await testDatabase([entity]);
  return test.database.execute(operationsOf<ThingRow, number>(entity).find(unscoped('a test'), 1));
}

const twice = { to: (value: unknown) => value, from: (value: unknown) => value };

it.each<[string, EntitySchemaColumnOptions, string]>([
  ['an amount of money, whose text follows the locale', { type: 'money' }, 'Columns of type money are not supported'],
  ['a range', { type: 'int4range' }, 'Columns of type int4range are not supported'],
  ['a point', { type: 'point' }, 'Columns of type point are not supported'],
  ['a text to search', { type: 'tsvector' }, 'Columns of type tsvector are not supported'],
  ['a document of XML', { type: 'xml' }, 'Columns of type xml are not supported'],
  ['a list of lists in texts', { type: 'simple-array', array: true }, 'a list of simple-array is not supported'],
  ['a transformed interval', { type: 'interval', transformer: twice }, 'a transformer of an interval is not supported'],
  [
    'a transformed version',
    { type: 'int', version: true, transformer: twice },
    'a transformer of what TypeORM writes itself is not supported',
  ],
  ['a version that is not selected', { type: 'int', version: true, select: false }, 'select: false of a version'],
  [
    'a query as a column',
    { type: 'int', virtualProperty: true, query: () => 'SELECT 1' },
    'a column that is a query is not supported',
  ],
  ['a column called as we call ours', { type: 'text', name: '#k0' }, 'a name with # in front is not supported'],
])('an entity with %s is refused by the name of the column when it is first used', async (_name, thing, message) => {
  await expect(use(thing)).rejects.toThrow(Misuse);
  await test!.close();
  await expect(use(thing)).rejects.toThrow(`Thing.thing: ${message}`);
});

it.each([
  ['#place', 'a name with # in front'],
  ['a.b', 'a name with a dot'],
  ['__proto__', 'a property of that name'],
  ['not', 'a property of that name'],
])('an entity with the property %s is refused when it is first used', async (property, message) => {
  const columns = Object.fromEntries([
    ['id', { type: 'int', primary: true }],
    [property, { type: 'text', name: 'named' }],
  ]) as EntitySchemaOptions<ThingRow>['columns'];

  await expect(useEntity(new EntitySchema<ThingRow>({ name: 'Thing', columns }))).rejects.toThrow(
    `Thing.${property}: ${message} is not supported.`,
  );
});

it('an entity with a key that is not selected, or in an embedded object, is refused', async () => {
  const hidden = new EntitySchema<ThingRow>({
    name: 'Thing',
    columns: { id: { type: 'int', primary: true, select: false } },
  });
  const Key = new EntitySchema<{ id: number }>({ name: 'Key', columns: { id: { type: 'int', primary: true } } });
  const embedded = new EntitySchema<ThingRow>({ name: 'Thing', columns: {}, embeddeds: { thing: { schema: Key } } });

  await expect(useEntity(hidden)).rejects.toThrow('Thing.id: select: false of the primary key is not supported.');
  await test!.close();
  await expect(useEntity(embedded)).rejects.toThrow('Thing.thing.id: a primary key in an embedded object');
});

it('a tree is refused, and so is a view without a key', async () => {
  const tree = new EntitySchema<ThingRow & { parent?: ThingRow; children?: readonly ThingRow[] }>({
    name: 'Thing',
    columns: { id: { type: 'int', primary: true } },
    trees: [{ type: 'materialized-path' }],
    relations: {
      parent: { type: 'many-to-one', target: 'Thing', treeParent: true, inverseSide: 'children' },
      children: { type: 'one-to-many', target: 'Thing', treeChildren: true, inverseSide: 'parent' },
    },
  });
  const view = new EntitySchema<ThingRow>({
    name: 'Thing',
    type: 'view',
    expression: 'SELECT 1 AS id',
    columns: { id: { type: 'int' } },
  });

  await expect(useEntity(tree)).rejects.toThrow('Thing: a tree');
  await test!.close();
  await expect(useEntity(view)).rejects.toThrow('Thing: an entity without a primary key is not supported.');
});

it('a view with a key is read, and not written', async () => {
  interface EvenRow {
    readonly id: number;
    readonly half: number;
  }
  const Even = new EntitySchema<EvenRow>({
    name: 'Even',
    type: 'view',
    expression: 'SELECT n AS id, n / 2 AS half FROM generate_series(0, 6, 2) n',
    columns: { id: { type: 'int', primary: true }, half: { type: 'int' } },
  });
  test = await testDatabase([Even]);
  const evens = operationsOf<EvenRow, number>(Even);

  expect(await test.database.execute(evens.get(unscoped('a test'), 4))).toEqual({ id: 4, half: 2 });
  expect(await test.database.execute(evens.count(unscoped('a test'), { half: { gte: 2 } }))).toBe(2);
  const creating = test.database.execute(evens.create(unscoped('a test'), { values: { id: 8, half: 4 } }));
  await expect(creating).rejects.toThrow('cannot be given to a new row');
});

it('an entity that the DataSource does not list is refused by name', async () => {
  const stranger = new EntitySchema<ThingRow>({ name: 'Stranger', columns: { id: { type: 'int', primary: true } } });
  test = await testDatabase([]);
  const strangers = operationsOf<ThingRow, number>(stranger);

  await expect(test.database.execute(strangers.find(unscoped('a test'), 1))).rejects.toThrow('the entity Stranger');
});
