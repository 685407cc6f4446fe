import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound, InvalidInput, Misuse } from '@holdfast/errors';
import {
  type DbWriteSession,
  everyRow,
  newId,
  OperationAlreadyDone,
  operationKey,
  removeOperationKeys,
  VersionConflict,
  type WriteSpec,
} from '../../src/index.js';
import { ParcelRow } from '../fixture/parcels/parcel-row.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { fresh, of, parcels, stored } from '../fixture/parcels/parcels.js';
import { testDatabase } from '../fixture/test-database.js';

const a = of('a');
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => new Error('It succeeded.'),
    (error: unknown) => error,
  );

describe('a write that fails', () => {
  let test: KeyedDatabase;
  let there: ParcelRow;

  beforeAll(async () => void (test = await keyedDatabase()));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('DELETE FROM parcels; DELETE FROM holdfast_operation');
    there = await test.database.execute(parcels.create(a, { values: { code: 'there' } }));
  });

  const missing = newId();
  const changes = { place: 1 };
  const cases: readonly (readonly [
    what: string,
    type: new (...args: never[]) => Error,
    make: () => WriteSpec<unknown>,
  ])[] = [
    ['what is not there', EntityNotFound, () => parcels.update(a, missing, { changes })],
    ['what is another tenant’s', EntityNotFound, () => parcels.purge(of('b'), there.id)],
    [
      'of many, one that is not there',
      EntityNotFound,
      () =>
        parcels.bulkUpdate(
          a,
          [there.id, missing].map((id) => ({ id, changes })),
        ),
    ],
    ['a version that is past', VersionConflict, () => parcels.update(a, there.id, { changes, expectedVersion: 9 })],
    ['a key that is taken', EntityAlreadyExists, () => parcels.create(a, { values: { id: there.id, code: 'x' } })],
    ['a constraint', Error, () => parcels.create(a, { values: { code: 'there' } })],
    [
      'many rows and a constraint',
      Error,
      () =>
        parcels.bulkCreate(
          a,
          ['x', 'there'].map((code) => ({ values: { code } })),
        ),
    ],
    ['a value that is none', InvalidInput, () => parcels.create(a, { values: { code: 'x', place: 0.5 } })],
    ['what must be there first', EntityNotFound, () => parcels.create(stored('a'), { values: { code: 'x' } })],
  ];

  it.each(cases)('leaves no key: %s', async (_what, type, make) => {
    const key = operationKey(fresh());
    const before = await test.parcels();

    expect(await failure(test.database.execute(make(), { operationKey: key }))).toBeInstanceOf(type);
    expect(await failure(test.database.execute(make(), { operationKey: key }))).toBeInstanceOf(type);
    expect(await test.parcels()).toEqual(before);
    expect(await test.keys()).toBe(0);
    // It is free for whatever comes next.
    await test.database.execute(parcels.delete(a, there.id), { operationKey: key });
    expect(await test.keys()).toBe(1);
  });

  it('for a moment is done when it comes again', async () => {
    const key = operationKey(fresh());
    const make = () => parcels.create(stored('a'), { values: { code: 'x' } });
    expect(await failure(test.database.execute(make(), { operationKey: key }))).toBeInstanceOf(EntityNotFound);
    await test.dataSource.query(`INSERT INTO depots VALUES ('a')`);

    const answer = await test.database.execute(make(), { operationKey: key });

    await test.dataSource.query('DELETE FROM depots');
    expect(await test.database.execute(make(), { operationKey: key })).toStrictEqual(answer);
  });
});

describe('a key where none belongs', () => {
  let test: KeyedDatabase;

  beforeAll(async () => void (test = await keyedDatabase()));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('DELETE FROM parcels; DELETE FROM holdfast_operation'));

  const options = () => ({ operationKey: operationKey(fresh(), { scope: a }) });
  const create = () => parcels.create(a, { values: { code: fresh() } });

  it.each([
    ['a statement', () => create()],
    ['several statements', () => parcels.createNext(a, { values: { code: fresh() } }, { column: 'place' })],
    ['a series', () => parcels.batchPurge(a, everyRow('all'), { batchSize: 1, transaction: 'each' })],
  ])('is refused within a dbSession, which goes on without it: %s', async (_what, make) => {
    const refused: unknown[] = [];
    await test.database.beginSession(async (dbSession: DbWriteSession) => {
      await dbSession.execute(create());
      refused.push(await failure(dbSession.execute(make() as WriteSpec<unknown>, options())));
      await dbSession.savepoint(async (inner) => {
        refused.push(await failure(inner.execute(make() as WriteSpec<unknown>, options())));
        await inner.execute(create());
      });
      await dbSession.execute(create());
    });

    for (const error of refused) expect(error).toBeInstanceOf(Misuse);
    expect(refused).toHaveLength(2);
    expect([(await test.parcels()).length, await test.keys()]).toEqual([3, 0]);
  });

  it('is refused of the Database within its dbSession, unless it is meant to be apart', async () => {
    const key = options();
    await test.database.beginSession(async () => {
      expect(await failure(test.database.execute(create(), key))).toBeInstanceOf(Misuse);
      expect(
        await failure(test.database.beginSession(() => Promise.resolve(), { name: 'work', ...key })),
      ).toBeInstanceOf(Misuse);
      await test.database.execute(create(), { ...key, separate: true });
    });

    expect([(await test.parcels()).length, await test.keys()]).toEqual([1, 1]);
  });

  it('is refused for series', async () => {
    expect(await failure(test.database.execute(removeOperationKeys({ keepMs: 0 }), options()))).toBeInstanceOf(Misuse);
  });

  it('of a closure leaves the keys of others alone, whatever becomes of them', async () => {
    const outer = { name: 'outer', ...options() };
    const inner = { name: 'inner', ...options() };
    await test.database.beginSession(() => Promise.resolve(), inner);
    const answer = await test.database.beginSession(async (dbSession) => {
      await dbSession.execute(create());
      // Its own key is taken: not that of the closure.
      return failure(test.database.beginSession(() => Promise.resolve(), { ...inner, separate: true }));
    }, outer);

    expect(answer).toBeInstanceOf(OperationAlreadyDone);
    expect([(await test.parcels()).length, await test.keys()]).toEqual([1, 2]);
  });

  it('says which table is missing', async () => {
    const bare = await testDatabase([ParcelRow]);
    try {
      const work = [
        () => bare.database.execute(create(), options()),
        () => bare.database.execute(create(), { ...options(), commit: 'one-trip' }),
        () => bare.database.execute(parcels.createNext(a, { values: { code: 'x' } }, { column: 'place' }), options()),
        () => bare.database.beginSession(() => Promise.resolve(), { name: 'work', ...options() }),
      ];
      for (const each of work) {
        const error = await failure(each());
        expect(error).toBeInstanceOf(Misuse);
        expect((error as Error).message).toContain('operationKeyMigrations');
      }
      expect(await bare.database.execute(parcels.count(a, {}))).toBe(0);
      // Another table that is missing is not taken for it.
      await bare.dataSource.query('CREATE TABLE holdfast_operation (x int)');
      expect(await failure(bare.database.beginSession((s) => s.sql`SELECT * FROM nowhere`))).not.toBeInstanceOf(Misuse);
    } finally {
      await bare.close();
    }
  });
});
