import { InvalidInput } from '@holdfast/errors';
import { searchScope, unscoped } from '@holdfast/querier';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bothPools } from '../fixture/both-pools.js';
import { House, type HouseRow, Person } from '../fixture/houses.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const houses = operationsOf<HouseRow, number>(House, { softDelete: 'audit.deletedAt' });
const all = unscoped('a test');
const red = searchScope<HouseRow>({ name: 'team', equals: { 'ownership.team': 'red' } });

describe.each(bothPools)('embedded objects %s', (_, pool) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([House, Person], pool);
  });
  afterAll(() => test.close());

  it.each([
    ['an unknown column', { address: { colour: 'red' } }, '/address/colour'],
    ['null', { address: null }, '/values/address'],
    ['a class', { address: new (class Home {})() }, '/values/address'],
    ['a value of another type', { address: { place: { lat: 'far' } } }, '/address/place/lat'],
    ['a prototype', JSON.parse('{"address": {"__proto__": {"city": "x"}}}') as object, '/address/__proto__'],
  ])('refuse %s, and say where it stands', async (_what, values, pointer) => {
    const creating = test.database.execute(houses.create(red, { values: { id: 20, name: '', ...values } as never }));

    await expect(creating).rejects.toThrow(InvalidInput);
    await expect(creating).rejects.toMatchObject({ pointer });
  });

  it('refuse conditions on what is not in them, and on nothing', async () => {
    const count = (condition: object) => test.database.execute(houses.count(all, condition as never));

    await expect(count({ address: { colour: { eq: 'x' } } })).rejects.toMatchObject({
      reason: 'UNKNOWN_FIELD',
      pointer: '/conditions/0/address/colour',
    });
    await expect(count({ address: { city: 'rome' } })).rejects.toThrow(InvalidInput);
    await expect(count({ address: {} })).rejects.toMatchObject({ reason: 'MISSING_VALUE' });
  });
});
