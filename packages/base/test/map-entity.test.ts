import { afterEach, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { entityOperations } from '../src/index.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

let test: TestDatabase | null = null;
afterEach(() => test?.close());

interface ThingRow {
  readonly id: number;
  readonly thing: unknown;
}

async function use(thing: EntitySchemaColumnOptions): Promise<unknown> {
  const entity = new EntitySchema<ThingRow>({
    name: 'Thing',
    columns: { id: { type: 'int', primary: true }, thing: { nullable: true, ...thing } },
  });
  test = await testDatabase([entity]);
  const things = entityOperations<ThingRow, ThingRow, number>({
    entity,
    toData: (row) => ({ ...row }),
    notFound: () => new Misuse('none'),
    alreadyExists: () => new Misuse('twice'),
  });
  return test.database.execute(things.find(unscoped('a test'), 1));
}

it.each<[string, EntitySchemaColumnOptions, string]>([
  ['a transformer', { type: 'text', transformer: { to: String, from: String } }, 'Thing.thing: a transformer'],
  ['a column that is not selected', { type: 'text', select: false }, 'Thing.thing: select: false'],
  ['a type that it cannot read', { type: 'interval' }, 'type interval'],
  ['a list in a text', { type: 'simple-array' }, 'the type simple-array'],
  ['a column called as we call ours', { type: 'text', name: '#k0' }, 'Thing.thing: a name with # in front'],
])('an entity with %s is refused when it is first used', async (_name, thing, message) => {
  await expect(use(thing)).rejects.toThrow(Misuse);
  await test!.close();
  await expect(use(thing)).rejects.toThrow(message);
});

it('an entity that the DataSource does not list is refused by name', async () => {
  const stranger = new EntitySchema<ThingRow>({ name: 'Stranger', columns: { id: { type: 'int', primary: true } } });
  test = await testDatabase([]);
  const strangers = entityOperations<ThingRow, ThingRow, number>({
    entity: stranger,
    toData: (row) => row,
    notFound: () => new Misuse('none'),
    alreadyExists: () => new Misuse('twice'),
  });

  await expect(test.database.execute(strangers.find(unscoped('a test'), 1))).rejects.toThrow('the entity Stranger');
});

it('an entity with a property called as we call ours is refused when it is first used', async () => {
  type PlaceRow = { readonly id: number; readonly '#place': string };
  const entity = new EntitySchema<PlaceRow>({
    name: 'Place',
    columns: { id: { type: 'int', primary: true }, '#place': { type: 'text', name: 'place' } },
  });
  test = await testDatabase([entity]);
  const places = entityOperations<PlaceRow, PlaceRow, number>({
    entity,
    toData: (row) => row,
    notFound: () => new Misuse('none'),
    alreadyExists: () => new Misuse('twice'),
  });

  const found = test.database.execute(places.find(unscoped('a test'), 1));

  await expect(found).rejects.toThrow('Place.#place: a name with # in front is not supported.');
});
