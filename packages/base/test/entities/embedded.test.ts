import { InvalidInput } from '@holdfast/errors';
import { batchQuerier, fields, order, OutsideScope, searchScope, unscoped, where } from '@holdfast/querier';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { applyTo, databaseTime, OptionalState, TriState } from '../../src/index.js';
import { bothPools } from '../fixture/both-pools.js';
import { House, type HouseRow, Person, type PersonRow } from '../fixture/houses.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const houses = operationsOf<HouseRow, number>(House, { softDelete: 'audit.deletedAt' });
const people = operationsOf<PersonRow, number>(Person);
const all = unscoped('a test');
const red = searchScope<HouseRow>({
  name: 'team',
  equals: { 'ownership.team': 'red' },
  related: { 'ownership.owner': unscoped('people are everybody’s') },
});

describe.each(bothPools)('embedded objects %s', (_, pool) => {
  let test: TestDatabase;
  const names = async (condition: Parameters<typeof where<HouseRow>>[0], by = order<HouseRow>('id')) => {
    const querier = batchQuerier<HouseRow>({
      conditions: [condition],
      orders: [by],
      pagination: { noPagination: true },
    });
    const { items } = await test.database.execute(houses.search(all, querier));
    return items.map(({ name }) => name);
  };
  beforeAll(async () => {
    test = await testDatabase([House, Person], pool);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    const { database, dataSource } = test;
    await dataSource.query('TRUNCATE houses, person');
    const home = { city: 'rome', place: { lat: 1 } };
    await database.execute(people.create(all, { values: { id: 1, name: 'ada', home } }));
    await database.execute(people.create(all, { values: { id: 2, name: 'bob', home: { city: 'bonn' } } }));
    const given = [
      {
        id: 1,
        name: 'one',
        neighbourId: 2,
        address: { city: 'bonn', place: { lat: 2, lon: 3 } },
        ownership: { team: 'red', ownerId: 1 },
      },
      {
        id: 2,
        name: 'two',
        neighbourId: 1,
        address: { city: 'rome', street: 'via' },
        ownership: { team: 'blue', ownerId: 2 },
      },
      { id: 3, name: 'three', ownership: { team: 'red' } },
    ];
    for (const values of given) await database.execute(houses.create(all, { values }));
  });

  it('come as TypeORM gives them: always there, also where all of their columns are NULL', async () => {
    const read = await test.database.execute(houses.loadMany(all, [1, 2, 3]));
    const byTypeOrm = await test.dataSource.getRepository(House).find({ order: { id: 'ASC' } });

    expect(read[2]).toEqual({
      id: 3,
      name: 'three',
      neighbourId: null,
      address: { city: null, street: null, place: { lat: null, lon: null } },
      audit: { by: null, at: null, version: 1, deletedAt: null },
      ownership: { team: 'red', ownerId: null },
    });
    expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(byTypeOrm)));
  });

  it('are folded column by column where rows of an upsert are the same', async () => {
    const rows = [
      { id: 9, name: 'nine', ownership: { team: 'red' }, address: { city: 'kiel', place: { lat: 1 } } },
      { id: 9, name: 'neun', ownership: { team: 'red' }, address: { street: 'am ufer', place: { lon: 2 } } },
    ].map((values) => ({ values }));

    const result = await test.database.execute(houses.bulkUpsert(all, rows, { repeated: 'fold' }));

    expect(result).toEqual({ inserted: 1, updated: 0 });
    expect(await test.database.execute(houses.get(all, 9))).toMatchObject({
      name: 'neun',
      address: { city: 'kiel', street: 'am ufer', place: { lat: 1, lon: 2 } },
    });
  });

  it('are stored in the columns of their prefixes', async () => {
    const [row] = await test.dataSource.query<readonly object[]>('SELECT * FROM houses WHERE id = 1');

    expect(row).toMatchObject({
      addressCity: 'BONN',
      addressAtLat: 2,
      addressAtLon: 3,
      version: 1,
      ownTeam: 'red',
    });
  });

  it('are created many at once', async () => {
    const rows = [4, 5].map((id) => ({
      values: { id, name: `h${id}`, address: { place: { lat: id } }, ownership: { team: 'red' } },
    }));

    const created = await test.database.execute(houses.bulkCreate(red, rows));

    expect(created.map(({ address }) => address.place.lat)).toEqual([4, 5]);
  });

  it('are changed in part, with states, and keep the rest', async () => {
    const first = await test.database.execute(
      houses.update(all, 1, {
        changes: {
          address: { street: 'new', city: TriState.nullify(), place: { lat: OptionalState.update(9) } },
          audit: { by: OptionalState.nop(), at: databaseTime },
        },
      }),
    );

    expect(first.address).toEqual({ city: null, street: 'new', place: { lat: 9, lon: 3 } });
    expect(first.audit.version).toBe(2);
    expect(first.audit.at).toBeInstanceOf(Date);
  });

  it('hold the version that is expected and the time of deletion', async () => {
    const stale = test.database.execute(houses.update(all, 1, { changes: {}, expectedVersion: 2 }));
    await expect(stale).rejects.toMatchObject({ name: 'VersionConflict' });
    expect((await test.database.execute(houses.update(all, 1, { changes: {}, expectedVersion: 1 }))).name).toBe('one');

    const deleted = await test.database.execute(houses.delete(all, 1));

    expect(deleted.audit.deletedAt).toBeInstanceOf(Date);
    expect(await names({})).toEqual(['two', 'three']);
    expect((await test.database.execute(houses.restore(all, 1))).audit.deletedAt).toBeNull();
  });

  it('are reached by conditions', async () => {
    expect(await names({ address: { city: { eq: 'rome' } } })).toEqual(['two']);
    expect(await names({ address: { place: { lat: { gte: 1 }, lon: { lt: 9 } } } })).toEqual(['one']);
    expect(await names({ not: { address: { city: { isNull: true } } } })).toEqual(['one', 'two']);
    expect(await names({ or: [{ address: { street: { startsWith: 'v' } } }, { name: { eq: 'three' } }] })).toEqual([
      'two',
      'three',
    ]);
    expect(await names({ ownership: { owner: { is: { home: { city: { eq: 'rome' } } } } } })).toEqual(['one']);
    expect(await names({ ownership: { owner: { exists: false } } })).toEqual(['three']);
  });

  it('are reached by orders, and behind relations too', async () => {
    expect(await names({}, order<HouseRow>('address.city'))).toEqual(['one', 'two', 'three']);
    expect(await names({}, order<HouseRow>('address.place.lat', { nulls: 'first', ascending: false }))).toEqual([
      'three',
      'two',
      'one',
    ]);
    expect(await names({}, order<HouseRow>('neighbour.home.city'))).toEqual(['one', 'two', 'three']);
    expect(await names({}, order<HouseRow>('neighbour.home.place.lat'))).toEqual(['two', 'one', 'three']);
  });

  it('are paged by cursors', async () => {
    const page = (after: string | null) =>
      batchQuerier<HouseRow>({ orders: [order('ownership.team')], pagination: { first: 2, after: after as never } });

    const first = await test.database.execute(houses.search(all, page(null)));
    const second = await test.database.execute(houses.search(all, page(first.endCursor)));

    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([2, 1, 3]);
  });

  it('are reached by field sets under names of their own', async () => {
    const houseFields = fields<HouseRow, 'city' | 'lat'>({
      city: { type: 'text', column: 'address.city', operators: ['eq', 'in'], order: true },
      lat: { type: 'number', column: 'address.place.lat', operators: ['gte'] },
    });
    const querier = houseFields.parseSearch(new URLSearchParams('filter[city][in]=rome,bonn&order=-city&first=5'));

    const { items } = await test.database.execute(houses.search(all, querier));

    expect(items.map(({ name }) => name)).toEqual(['two', 'one']);
  });

  it('say whose a row is: what is outside is hidden, and nothing is moved or created there', async () => {
    const { database } = test;
    const created = await database.execute(houses.create(red, { values: { id: 9, name: 'nine' } }));
    const foreign = database.execute(houses.get(red, 2));
    const elsewhere = database.execute(
      houses.create(red, { values: { id: 10, name: 'ten', ownership: { team: 'blue' } } }),
    );
    const moving = database.execute(houses.update(red, 1, { changes: { ownership: { team: 'blue' } } }));
    const dotted = { id: 11, name: 'x', 'ownership.team': 'blue' } as unknown as HouseRow;
    const smuggled = database.execute(houses.create(red, { values: dotted }));
    const counted = await database.execute(
      houses.count(red, { ownership: { owner: { is: { name: { eq: 'ada' } } } } }),
    );

    expect(created.ownership.team).toBe('red');
    await expect(foreign).rejects.toMatchObject({ httpStatus: 404 });
    await expect(elsewhere).rejects.toThrow(OutsideScope);
    await expect(moving).rejects.toThrow(OutsideScope);
    await expect(smuggled).rejects.toThrow(InvalidInput);
    expect(counted).toBe(1);
  });

  it('are guarded by scopes with conditions: what these ask about cannot be changed', async () => {
    const inRome = searchScope<HouseRow>({ name: 'rome', where: { address: { city: { eq: 'rome' } } } });
    const { database } = test;

    const moving = database.execute(houses.update(inRome, 2, { changes: { address: { city: 'bonn' } } }));
    const within = await database.execute(houses.update(inRome, 2, { changes: { address: { street: 'x' } } }));

    await expect(moving).rejects.toThrow(OutsideScope);
    expect(within.address.street).toBe('x');
    await expect(database.execute(houses.get(inRome, 1))).rejects.toMatchObject({ httpStatus: 404 });
  });

  it('with nothing to ask for leave a batch without a condition', async () => {
    const batch = (condition: object) => test.database.execute(houses.batchDelete(all, condition as never));

    await expect(batch({ address: {} })).rejects.toMatchObject({ pointer: '/filter/address' });
    await expect(batch({ address: { street: { gte: '' } } })).rejects.toThrow('everyRow(reason)');
  });

  it('are part of pages of a query builder', async () => {
    const builder = test.dataSource
      .getRepository(House)
      .createQueryBuilder('h')
      .leftJoinAndSelect('h.ownership.owner', 'o');
    const querier = batchQuerier<HouseRow>({
      conditions: [where({ address: { city: { in: ['rome', 'bonn'] } } })],
      orders: [order('address.city', { ascending: false })],
      pagination: { limit: 5, offset: 0 },
    });

    const { items } = await applyTo(builder, red, querier).getPage();

    expect(items.map(({ name, ownership }) => [name, ownership.owner?.name])).toEqual([['one', 'ada']]);
  });
});
