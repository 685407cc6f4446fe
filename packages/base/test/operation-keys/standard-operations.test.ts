import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityNotFound, Misuse } from '@holdfast/errors';
import {
  Database,
  everyRow,
  guardedPool,
  OperationAlreadyDone,
  type OperationKey,
  operationKey,
  statementCounts,
} from '../../src/index.js';
import { fullParcel, type GivenParcels, keyedCases } from '../fixture/parcels/keyed-cases.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { fresh, of, parcels, stored } from '../fixture/parcels/parcels.js';

const a = of('a');

const reads = ['get', 'find', 'loadMany', 'search', 'project', 'pagesPerParent', 'count', 'aggregate'];
const streams = ['stream', 'streamColumns'];

it('is about each operation that writes', () => {
  const covered = new Set<string>([...keyedCases.map(([name]) => name), ...reads, ...streams]);
  expect(Object.keys(statementCounts).filter((name) => !covered.has(name))).toEqual([]);
});

describe.each([
  ['over the guarded pool', guardedPool({ max: 3 }), {}],
  ['over a stock pool', { extra: { max: 3 } }, {}],
  ['without prepared statements', guardedPool({ max: 3 }), { preparedStatements: false }],
] as const)('a standard operation with a key, %s', (_, pool, options) => {
  let test: KeyedDatabase;
  let database: Database;
  let other: Database;
  let given: GivenParcels;

  beforeAll(async () => {
    test = await keyedDatabase(pool);
    await test.dataSource.query('CREATE TABLE parcel_scans (parcel_id uuid)');
    database = new Database(test.dataSource, options);
    other = new Database(test.dataSource, options);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query(
      `DELETE FROM parcels; DELETE FROM holdfast_operation; DELETE FROM depots; INSERT INTO depots VALUES ('a')`,
    );
    const rows = await database.execute(
      parcels.bulkCreate(a, [fullParcel(), fullParcel({ state: null }), fullParcel()]),
    );
    const deleted = await database.execute(parcels.delete(a, rows[2]!.id));
    await database.execute(parcels.create(of('b'), fullParcel()));
    given = { live: rows.slice(0, 2), deleted };
  });

  it.each(keyedCases)('%s, %s: is done once', async (_name, _what, keeps, ask) => {
    const make = ask(given);
    const key = operationKey(fresh());
    const first = await database.execute(make(), { operationKey: key, actor: 'ada' });
    const after = await test.parcels();
    const again = (on: Database, operationKey: OperationKey): Promise<unknown> =>
      on.execute(make(), { operationKey, actor: 'ada' });

    for (const on of [database, other]) {
      if (keeps === 'keeps') {
        const second = await again(on, operationKey(key.text));
        expect(second).toStrictEqual(first);
        expect(Object.isFrozen(second) || second === null).toBe(true);
      } else {
        const error = await again(on, key).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(OperationAlreadyDone);
        expect(error).toMatchObject({ outcome: 'committed', httpStatus: 409 });
      }
    }
    expect(await test.parcels()).toEqual(after);
    // What found nothing to do may be asked again when there is something.
    expect(await test.keys()).toBe(first === null ? 0 : 1);
  });

  it('answers what was answered, whatever has become of the rows since', async () => {
    const make = keyedCases[0]![3](given);
    const options = { operationKey: operationKey(fresh()) };
    const first = await database.execute(make(), options);
    await database.execute(parcels.batchPurge(a, everyRow('the test says so')));

    expect(await database.execute(make(), options)).toStrictEqual(first);
    expect(await database.execute(parcels.count(a, {}))).toBe(0);
  });

  it('answers what it would answer without a key', async () => {
    const spec = fullParcel();
    const { id, ...plain } = await database.execute(parcels.create(a, spec));
    const times = { createdAt: plain.createdAt, modifiedAt: plain.modifiedAt };
    await database.execute(parcels.purge(a, id));

    const keyed = await database.execute(parcels.create(a, spec), { operationKey: operationKey(fresh()) });

    expect({ ...keyed, ...times }).toStrictEqual({ id: keyed.id, ...plain });
    expect(keyed).toStrictEqual(await database.execute(parcels.get(a, keyed.id)));
    const specs = [fullParcel(), { values: { code: fresh() } }];
    const many = await database.execute(parcels.bulkCreate(a, specs), { operationKey: operationKey(fresh()) });
    const ids = many.map((row) => row.id);
    expect(many).toStrictEqual(await database.execute(parcels.loadMany(a, ids)));
  });

  it('answers what was answered where what had to be there is gone since', async () => {
    const spec = fullParcel();
    const options = { operationKey: operationKey(fresh()) };
    const first = await database.execute(parcels.create(stored('a'), spec), options);
    await test.dataSource.query('TRUNCATE depots');

    expect(await database.execute(parcels.create(stored('a'), spec), options)).toStrictEqual(first);
    await expect(
      database.execute(parcels.create(stored('a'), fullParcel()), { operationKey: operationKey(fresh()) }),
    ).rejects.toBeInstanceOf(EntityNotFound);
    expect(await test.keys()).toBe(1);
  });

  it('is refused for a purge of many transactions, which does nothing', async () => {
    const spec = parcels.batchPurge(a, everyRow('the test says so'), { batchSize: 1, transaction: 'each' });
    const before = await test.parcels();

    await expect(database.execute(spec, { operationKey: operationKey(fresh()) })).rejects.toBeInstanceOf(Misuse);
    expect(await test.parcels()).toEqual(before);
    expect(await test.keys()).toBe(0);
  });
});
