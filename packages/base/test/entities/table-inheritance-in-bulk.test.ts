import { batchQuerier, count, order, unscoped } from '@holdfast/querier';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';
import { Boat, Car, Vehicle, vehicleEntities } from '../fixture/vehicles.js';

const vehicles = operationsOf<Vehicle, number>(Vehicle);
const cars = operationsOf<Car, number>(Car);
const boats = operationsOf<Boat, number>(Boat);
const all = unscoped('a test');

describe.each(bothPools)('entities that share a table, many at once %s', (_, pool) => {
  let test: TestDatabase;
  const names = async (): Promise<readonly string[]> => {
    const querier = batchQuerier<Vehicle>({ orders: [order('id')], pagination: { noPagination: true } });
    const { items } = await test.database.execute(vehicles.search(all, querier));
    return items.map(({ kind, name }) => `${kind} ${name}`);
  };
  beforeAll(async () => {
    test = await testDatabase(vehicleEntities, pool);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('TRUNCATE vehicles, garages, fleet');
    const given = (id: number) => ({ values: { id, name: `v${id}`, team: 'red' } });
    await test.database.execute(cars.bulkCreate(all, [given(1), given(2)]));
    await test.database.execute(boats.bulkCreate(all, [given(3), given(4)]));
  });

  it('are upserted only over their own kind', async () => {
    const upsert = (id: number) =>
      test.database.execute(cars.upsert(all, { values: { id, name: `u${id}`, team: 'red' } }));

    expect(await upsert(1)).toMatchObject({ inserted: false, data: { id: 1, name: 'u1', kind: 'Car' } });
    expect(await upsert(9)).toMatchObject({ inserted: true, data: { id: 9, kind: 'Car' } });
    await expect(upsert(3)).rejects.toMatchObject({ name: 'EntityAlreadyExists' });
    expect(await names()).toEqual(['Car u1', 'Car v2', 'b\\oat v3', 'b\\oat v4', 'Car u9']);
  });

  it('are upserted many at once only over their own kind', async () => {
    const specs = (ids: readonly number[]) =>
      ids.map((id) => ({ values: { id, name: `u${id}`, team: 'red', sails: id } }));

    expect(await test.database.execute(boats.bulkUpsert(all, specs([3, 8])))).toEqual({ inserted: 1, updated: 1 });
    await expect(test.database.execute(boats.bulkUpsert(all, specs([4, 1])))).rejects.toMatchObject({
      name: 'EntityAlreadyExists',
    });
    expect(await names()).toEqual(['Car v1', 'Car v2', 'b\\oat u3', 'b\\oat v4', 'b\\oat u8']);
  });

  it('are changed and removed one by one only within their kind', async () => {
    const updates = [1, 3].map((id) => ({ id, changes: { name: `c${id}` } }));
    const changed = await test.database.execute(cars.bulkUpdatePartial(all, updates));
    const purged = await test.database.execute(boats.bulkPurgePartial(all, [2, 4]));

    expect([changed.successes.length, changed.failures.map(({ index }) => index)]).toEqual([1, [1]]);
    expect([purged.successes.length, purged.failures.map(({ index }) => index)]).toEqual([1, [0]]);
    expect(await names()).toEqual(['Car c1', 'Car v2', 'b\\oat v3']);
  });

  it('are read in part, in figures and as a stream only within their kind', async () => {
    const querier = batchQuerier<Boat>({ orders: [order('id')], pagination: { noPagination: true } });
    const page = await test.database.execute(boats.project(all, ['id', 'kind'], querier));
    const [figures] = await test.database.execute(boats.aggregate(all, { select: { rows: count() } }));
    const streamed: number[] = [];
    for await (const rows of test.database.stream(boats.stream(all))) streamed.push(...rows.map(({ id }) => id));

    expect(page.items).toEqual([
      { id: 3, kind: 'b\\oat' },
      { id: 4, kind: 'b\\oat' },
    ]);
    expect(figures).toEqual({ rows: 2 });
    expect(streamed).toEqual([3, 4]);
  });
});
