import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { guardedPool } from '../../src/index.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';
import { tripsOf } from '../fixture/trips-of.js';

interface KeyedRow<Key> {
  readonly key: Key;
  readonly name: string;
}

const keyed = (type: 'bigint' | 'numeric' | 'timestamptz' | 'inet', name: string) =>
  new EntitySchema<KeyedRow<never>>({
    name,
    columns: { key: { type, primary: true }, name: { type: 'text' } },
  });

interface PlaceRow {
  readonly shelf: string;
  readonly at: number;
  readonly name: string;
}

const Place = new EntitySchema<PlaceRow>({
  name: 'Place',
  columns: {
    shelf: { type: 'bigint', primary: true },
    at: { type: 'int', primary: true },
    name: { type: 'text' },
  },
});

type PlaceId = Pick<PlaceRow, 'shelf' | 'at'>;

const Whole = keyed('bigint', 'Whole');
const Exact = keyed('numeric', 'Exact');
const Moment = keyed('timestamptz', 'Moment');
const Address = keyed('inet', 'Address');
const places = operationsOf<PlaceRow, PlaceId>(Place);
const all = unscoped('a test');

describe('ids', () => {
  let test: TestDatabase;
  beforeAll(
    async () => void (test = await testDatabase([Whole, Exact, Moment, Address, Place], guardedPool({ max: 1 }))),
  );
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE whole, exact, moment, address, place'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);

  it.each([
    ['a bigint', Whole, '1', ['1', '01', 1]],
    ['a numeric', Exact, '10', ['10', '10.0', '+1e1', '100e-1', '010', 10]],
    ['a time', Moment, '2020-01-01T00:00:00.5Z', ['2020-01-01T01:00:00.500+01:00', new Date('2020-01-01T00:00:00.5Z')]],
    ['an address', Address, '10.0.0.1', ['10.0.0.1/32', '10.0.0.1']],
  ])('of %s are the same however they are written, in one bulk', async (_, entity, key, spellings) => {
    const operations = operationsOf<KeyedRow<unknown>, unknown>(entity);
    await run(operations.create(all, { values: { key, name: 'new' } as never }));
    const updates = spellings.map((id, i) => ({ id, changes: { name: `n${i}` } }));

    const updated = await run(operations.bulkUpdate(all, updates));
    const partial = await run(operations.bulkUpdatePartial(all, updates));
    const purged = await run(operations.bulkPurgePartial(all, spellings));

    const names = updates.map(({ changes }) => changes.name);
    expect(updated.map(({ name }) => name)).toEqual(names);
    expect(partial.successes.map(({ name }) => name)).toEqual(names);
    expect(partial.failures).toEqual([]);
    expect(purged.successes.map(({ name }) => name)).toEqual(names.slice(-1));
    expect(purged.failures.map(({ index }) => index)).toEqual(spellings.slice(1).map((__, i) => i + 1));
  });

  it('of several columns are the same whatever else they bring, and in whatever order', async () => {
    const row = await run(places.create(all, { values: { shelf: '1', at: 2, name: 'x' } }));

    const updated = await run(
      places.bulkUpdate(all, [
        { id: { shelf: '1', at: 2 }, changes: { name: 'a' } },
        { id: row, changes: { name: 'b' } },
        { id: { at: 2, shelf: '01' }, changes: { name: 'c' } },
      ]),
    );

    expect(updated.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('that come again take a statement of their own, and no trip', async () => {
    await run(places.create(all, { values: { shelf: '1', at: 2, name: 'x' } }));
    const updates = Array.from({ length: 20 }, (_, i) => ({ id: { shelf: '1', at: 2 }, changes: { name: `n${i}` } }));

    const trips = await tripsOf(test, () => run(places.bulkUpdate(all, updates)));

    expect(trips.filter((trip) => trip.includes('UPDATE'))).toHaveLength(1);
    expect((await run(places.get(all, { shelf: '1', at: 2 }))).name).toBe('n19');
  });

  const malformed: readonly (readonly [name: string, id: unknown, reason: string, pointer: string])[] = [
    ['undefined', undefined, 'MISSING_VALUE', ''],
    ['null', null, 'MISSING_VALUE', ''],
    ['a text', '1', 'INVALID_VALUE', ''],
    ['a list', ['1', 2], 'INVALID_VALUE', ''],
    ['half an id', { shelf: '1' }, 'MISSING_VALUE', '/at'],
    ['an id with null', { shelf: null, at: 1 }, 'MISSING_VALUE', '/shelf'],
    ['an id that hides its parts', Object.create({ shelf: '1', at: 1 }), 'INVALID_VALUE', ''],
    ['an id of another kind', { shelf: '1', at: 'x' }, 'INVALID_VALUE', '/at'],
  ];

  it.each(malformed)('are refused where they are %s, by every operation in one way', async (_, given, reason, at) => {
    const id = given as PlaceId;
    const changes = { name: 'x' };
    const specs = [
      ['', places.get(all, id)],
      ['', places.find(all, id)],
      ['', places.update(all, id, { changes })],
      ['', places.updateIf(all, id, { name: { eq: 'x' } }, { changes })],
      ['', places.purge(all, id)],
      ['/ids/0', places.loadMany(all, [id])],
      ['/ids/0', places.batchPurge(all, [id])],
      ['/0/id', places.bulkUpdate(all, [{ id, changes }])],
    ] as const;

    for (const [before, spec] of specs) {
      await expect(test.database.execute(spec as never)).rejects.toMatchObject({
        name: 'InvalidInput',
        reason,
        pointer: before + at,
      });
    }
    const { failures } = await run(places.bulkPurgePartial(all, [id]));
    expect(failures).toMatchObject([{ index: 0, error: { name: 'InvalidInput', pointer: `/0${at}` } }]);
  });
});
