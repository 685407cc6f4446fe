import { batchQuerier, existenceCheck, order, searchScope, unscoped, where } from '@holdfast/querier';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { applyTo, everyRow } from '../../src/index.js';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';
import { Boat, Car, Garage, Truck, Vehicle, vehicleEntities } from '../fixture/vehicles.js';

const vehicles = operationsOf<Vehicle, number>(Vehicle);
const cars = operationsOf<Car, number>(Car);
const trucks = operationsOf<Truck, number>(Truck);
const boats = operationsOf<Boat, number>(Boat);
const garages = operationsOf<Garage, number>(Garage);
const all = unscoped('a test');
const everything = { pagination: { noPagination: true } } as const;

describe.each(bothPools)('entities that share a table %s', (_, pool) => {
  let test: TestDatabase;
  const stored = (sql: string): Promise<readonly { readonly id: number; readonly kind: string }[]> =>
    test.dataSource.query(sql);
  const idsOf = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id).sort((a, b) => a - b);
  beforeAll(async () => {
    test = await testDatabase(vehicleEntities, pool);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    const { database, dataSource } = test;
    await dataSource.query('TRUNCATE vehicles, garages, fleet');
    await database.execute(garages.create(all, { values: { id: 1, name: 'old', flagshipId: 2 } }));
    await database.execute(garages.create(all, { values: { id: 2, name: 'new', flagshipId: 4 } }));
    const common = (id: number) => ({ id, name: `v${id}`, team: id < 4 ? 'red' : 'blue', garageId: id < 3 ? 1 : 2 });
    await database.execute(vehicles.create(all, { values: common(1) }));
    await database.execute(cars.create(all, { values: { ...common(2), doors: 4 } }));
    await database.execute(trucks.create(all, { values: { ...common(3), doors: 2, load: 9 } }));
    await database.execute(boats.create(all, { values: { ...common(4), sails: 3 } }));
    await dataSource.query('INSERT INTO fleet VALUES (1, 2), (2, 4)');
  });

  it('are told apart by what a create says of them, one or many', async () => {
    await test.database.execute(
      boats.bulkCreate(
        all,
        [5, 6].map((id) => ({ values: { id, name: `v${id}`, team: 'red' } })),
      ),
    );

    expect(await stored('SELECT id, kind FROM vehicles ORDER BY id')).toEqual([
      { id: 1, kind: 'Vehicle' },
      { id: 2, kind: 'Car' },
      { id: 3, kind: "truck's" },
      { id: 4, kind: 'b\\oat' },
      { id: 5, kind: 'b\\oat' },
      { id: 6, kind: 'b\\oat' },
    ]);
  });

  it('are seen by TypeORM as they are here', async () => {
    for (const [entity, operations] of [
      [Vehicle, vehicles],
      [Car, cars],
      [Truck, trucks],
      [Boat, boats],
    ] as const) {
      const byTypeOrm = await test.dataSource.getRepository<Vehicle>(entity).find();
      const { items } = await test.database.execute(operations.search(all, batchQuerier(everything) as never));

      expect(idsOf(items)).toEqual(idsOf(byTypeOrm));
    }
  });

  it('have the columns of their own and of their ancestors, the parent those of all', async () => {
    const parent = await test.database.execute(vehicles.get(all, 3));
    const boat = await test.database.execute(boats.get(all, 4));

    expect(parent).toEqual({
      id: 3,
      name: 'v3',
      team: 'red',
      garageId: 2,
      kind: "truck's",
      doors: 2,
      load: 9,
      sails: null,
    });
    expect(Object.keys(boat).sort()).toEqual(['garageId', 'id', 'kind', 'name', 'sails', 'team']);
  });

  it('cannot be created or changed to be another', async () => {
    const creating = test.database.execute(
      cars.create(all, { values: { id: 9, name: 'x', team: 'red', kind: 'b\\oat' } }),
    );
    const changing = test.database.execute(cars.update(all, 2, { changes: { kind: 'b\\oat' } }));

    await expect(creating).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: '/kind' });
    await expect(changing).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: '/kind' });
  });

  it('see their own and those of their descendants, whatever reads them', async () => {
    const { database } = test;
    const ids = [1, 2, 3, 4];
    const byName = batchQuerier<Car>({ orders: [order('name')], pagination: { first: 5 }, total: 'exact' });

    const page = await database.execute(cars.search(all, byName));
    const many = await database.execute(cars.loadMany(all, ids));
    const pages = await database.execute(cars.pagesPerParent(all, { by: 'garageId', parents: [1, 2] }, byName));

    expect(idsOf(page.items)).toEqual([2, 3]);
    expect(page.total?.value).toBe(2);
    expect(many.map((car) => car?.id ?? null)).toEqual([null, 2, 3, null]);
    expect(await database.execute(cars.count(all, {}))).toBe(2);
    expect(await database.execute(cars.count(all, { or: [{ kind: { eq: 'b\\oat' } }, { id: { gte: 0 } }] }))).toBe(2);
    expect(await database.execute(cars.find(all, 4))).toBeNull();
    expect([...pages].map(([garage, { items, total }]) => [garage, idsOf(items), total?.value])).toEqual([
      [1, [2], 1],
      [2, [3], 1],
    ]);
    await expect(database.execute(cars.get(all, 1))).rejects.toMatchObject({ httpStatus: 404 });
  });

  it('are read in several shapes only within their kind', async () => {
    const { database } = test;
    const querier = batchQuerier<Car>({
      orders: [order('doors')],
      pagination: { limit: 1, offset: 1 },
      measureBoth: true,
    });
    const page = await database.execute(cars.search(all, querier));
    const backward = await database.execute(
      trucks.search(all, batchQuerier<Truck>({ orders: [order('load')], pagination: { last: 3 }, measureBoth: true })),
    );

    expect(idsOf(page.items)).toEqual([2]);
    expect([page.hasNextPage, page.hasPreviousPage]).toEqual([false, true]);
    expect(idsOf(backward.items)).toEqual([3]);
    expect(backward.hasPreviousPage).toBe(false);
  });

  it('are changed and removed only within their kind', async () => {
    const { database } = test;
    const changes = { name: 'changed' };
    for (const foreign of [1, 4]) {
      await expect(database.execute(cars.update(all, foreign, { changes }))).rejects.toMatchObject({ httpStatus: 404 });
      await expect(database.execute(cars.update(all, foreign, { changes: {} }))).rejects.toMatchObject({
        httpStatus: 404,
      });
      await expect(database.execute(cars.purge(all, foreign))).rejects.toMatchObject({ httpStatus: 404 });
      expect(await database.execute(cars.updateIf(all, foreign, {}, { changes }))).toBeNull();
    }
    expect(await database.execute(cars.batchUpdate(all, [1, 2, 4], { changes: { team: 'green' } }))).toEqual({
      count: 1,
    });
    expect(await database.execute(cars.batchUpdate(all, everyRow('a test'), { changes: { garageId: null } }))).toEqual({
      count: 2,
    });
    expect(await database.execute(trucks.batchPurge(all, where<Truck>({ id: { gte: 1 } })))).toEqual({ count: 1 });
    expect(await database.execute(boats.batchPurge(all, everyRow('a test')))).toEqual({ count: 1 });
    expect((await database.execute(vehicles.loadMany(all, [1, 2, 3, 4]))).map((one) => one?.team ?? null)).toEqual([
      'red',
      'green',
      null,
      null,
    ]);
  });

  it('are within their scopes besides', async () => {
    const red = searchScope<Vehicle>({ name: 'team', equals: { team: 'red' } });
    const blue = searchScope<Boat>({ name: 'team', equals: { team: 'blue' } });
    const redBoats = searchScope<Boat>({ name: 'team', equals: { team: 'red' } });
    const { database } = test;

    expect(await database.execute(vehicles.count(red, {}))).toBe(3);
    expect(await database.execute(boats.count(blue, {}))).toBe(1);
    expect(await database.execute(boats.count([redBoats, blue], {}))).toBe(1);
    await expect(database.execute(boats.get(redBoats, 4))).rejects.toMatchObject({ httpStatus: 404 });
    await expect(database.execute(boats.get([redBoats, blue], 3))).rejects.toMatchObject({ httpStatus: 404 });
  });

  it('are behind relations only as what the relation leads to', async () => {
    const { database } = test;
    const having = (condition: Parameters<typeof where<Garage>>[0], scope: typeof all = all) =>
      database.execute(garages.search(scope, batchQuerier<Garage>({ ...everything, conditions: [condition] })));

    expect(idsOf((await having({ vehicles: { some: { id: { eq: 4 } } } })).items)).toEqual([2]);
    expect(idsOf((await having({ cars: { some: { id: { gte: 4 } } } })).items)).toEqual([]);
    expect(idsOf((await having({ cars: { some: {} } })).items)).toEqual([1, 2]);
    expect(idsOf((await having({ cars: { none: { id: { eq: 4 } } } })).items)).toEqual([1, 2]);
    // The flagship of the old garage is a car.
    expect(idsOf((await having({ flagship: { exists: true } })).items)).toEqual([2]);
    expect(idsOf((await having({ flagship: { is: { name: { startsWith: 'v' } } } })).items)).toEqual([2]);
    expect(idsOf((await having({ fleet: { some: {} } })).items)).toEqual([2]);
  });

  it.each([
    ['unscoped', unscoped('boats are everybody’s')],
    ['owned', 'owned'],
    ['of a scope of their own', searchScope<Boat>({ name: 'team', equals: { team: 'red' } })],
  ] as const)('are behind relations only as that also where they are %s', async (_what, flagship) => {
    const scope = searchScope<Garage>({ name: 'all', where: { id: { gte: 1 } }, related: { flagship } });
    const { database } = test;
    await test.dataSource.query(`UPDATE vehicles SET team = 'red'`);

    const found = await database.execute(
      garages.search(scope, batchQuerier<Garage>({ ...everything, conditions: [{ flagship: { exists: true } }] })),
    );
    const sorted = await database.execute(
      garages.search(
        scope,
        batchQuerier<Garage>({ ...everything, orders: [order('flagship.name', { nulls: 'first' })] }),
      ),
    );

    expect(idsOf(found.items)).toEqual([2]);
    // What is no boat has no name there.
    expect(sorted.items.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('are there for an existence check only as what it asks for', async () => {
    const missing = new Error('no such boat');
    const scopeOf = (id: number) =>
      searchScope<Garage>({
        name: 'boat',
        equals: { flagshipId: id },
        existenceChecks: [existenceCheck<Boat>(Boat, { id: { eq: id } }, () => missing as never)],
      });

    expect(await test.database.execute(garages.count(scopeOf(4), {}))).toBe(1);
    await expect(test.database.execute(garages.count(scopeOf(2), {}))).rejects.toThrow('no such boat');
  });

  it('are on the pages of a query builder, and joined to them, only as what they are', async () => {
    const { dataSource } = test;
    const ofBoats = dataSource.getRepository(Boat).createQueryBuilder('b').where('b.id > 0');
    const boatPage = await applyTo(ofBoats, all, batchQuerier<Boat>({ pagination: { limit: 9, offset: 0 } })).getPage();
    const joined = dataSource.getRepository(Garage).createQueryBuilder('g').leftJoinAndSelect('g.flagship', 'f');
    const garagePage = await applyTo(
      joined,
      all,
      batchQuerier<Garage>({ orders: [order('id')], pagination: { limit: 9, offset: 0 } }),
    ).getPage();

    expect(idsOf(boatPage.items)).toEqual([4]);
    expect(garagePage.items.map(({ flagship }) => flagship?.id ?? null)).toEqual([null, 4]);
  });

  it('keep cursors of one kind from leading through another', async () => {
    const page = (after: string | null) =>
      batchQuerier<Vehicle>({ orders: [order('name')], pagination: { first: 1, after: after as never } });
    const { endCursor } = await test.database.execute(cars.search(all, page(null) as never));

    const going = test.database.execute(boats.search(all, page(endCursor) as never));

    await expect(going).rejects.toMatchObject({ reason: 'INVALID_CURSOR' });
  });
});
