import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { DataSource, type DataSourceOptions } from 'typeorm';
import {
  Database,
  guardedPool,
  newId,
  OperationAlreadyDone,
  operationKey,
  OperationKeyReused,
} from '../../src/index.js';
import { KeyedWrite } from '../../src/operation-keys/keyed-write.js';
import { DepotRow } from '../fixture/parcels/depot-row.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { type LosingProxy, losingProxy } from '../fixture/parcels/losing-proxy.js';
import { ParcelRow } from '../fixture/parcels/parcel-row.js';
import { fresh, of, parcels, stored } from '../fixture/parcels/parcels.js';
import { tripsOf } from '../fixture/trips-of.js';

const a = of('a');
const commit = 'one-trip';

describe('a write of one trip with a key', () => {
  let test: KeyedDatabase;
  let proxy: LosingProxy;
  let through: DataSource;
  let database: Database;

  beforeAll(async () => {
    test = await keyedDatabase(guardedPool({ max: 1 }));
    proxy = await losingProxy(test.url);
    const options = { type: 'postgres', url: proxy.url, entities: [ParcelRow, DepotRow], ...guardedPool() };
    through = await new DataSource(options as DataSourceOptions).initialize();
    database = new Database(through);
  });
  afterAll(async () => {
    await database.close();
    await through.destroy();
    proxy.close();
    await test.close();
  });
  beforeEach(() =>
    test.dataSource.query(
      `DELETE FROM parcels; DELETE FROM holdfast_operation; DELETE FROM depots; INSERT INTO depots VALUES ('a')`,
    ),
  );

  const spec = (code = fresh(), scope = a) => parcels.create(scope, { values: { code } });
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => new Error('It succeeded.'),
      (error: unknown) => error,
    );

  it('is done once, in one trip, and answers once', async () => {
    const options = { commit, operationKey: operationKey(fresh()) } as const;
    const one = spec();
    const trips = await tripsOf(test, async () => {
      expect(await test.database.execute(one, options)).toMatchObject({ tenant: 'a', version: 1 });
    });
    expect(trips).toHaveLength(1);

    for (const again of [one, one]) {
      expect(await failure(test.database.execute(again, options))).toBeInstanceOf(OperationAlreadyDone);
    }
    expect([(await test.parcels()).length, await test.keys()]).toEqual([1, 1]);
    expect(await failure(test.database.execute(spec(), options))).toBeInstanceOf(OperationKeyReused);
  });

  it('of several statements is done once, too', async () => {
    const options = { commit, operationKey: operationKey(fresh()) } as const;
    const specs = [{ values: { code: 'x' } }, { values: { code: 'y', place: 1 } }];
    const made = await test.database.execute(parcels.bulkCreate(a, specs), options);

    expect(made).toHaveLength(2);
    expect(await test.database.execute(parcels.bulkCreate(a, specs), options)).toStrictEqual(made);
    expect((await test.parcels()).length).toBe(2);
  });

  it('shares its key with calls that keep their answer', async () => {
    const [kept, forgotten] = [operationKey(fresh()), operationKey(fresh())];
    const [one, two] = [spec(), spec()];
    const answer = await test.database.execute(one, { operationKey: kept });
    await test.database.execute(two, { operationKey: forgotten, commit });

    expect(await test.database.execute(one, { operationKey: kept, commit })).toStrictEqual(answer);
    expect(await failure(test.database.execute(two, { operationKey: forgotten }))).toBeInstanceOf(OperationAlreadyDone);
  });

  it('leaves no key where it finds nothing to do, and is done when it comes again', async () => {
    const options = { commit, operationKey: operationKey(fresh()) } as const;
    const ifThere = { commit, operationKey: operationKey(fresh()) } as const;
    const id = newId();
    const spec = { changes: { place: 1 } };
    expect(await failure(test.database.execute(parcels.update(a, id, spec), options))).toBeInstanceOf(EntityNotFound);
    expect(await test.database.execute(parcels.updateIf(a, id, { place: { eq: 0 } }, spec), ifThere)).toBeNull();
    expect(await test.keys()).toBe(0);

    await test.database.execute(parcels.create(a, { values: { id, code: fresh(), place: 0 } }));
    expect(await test.database.execute(parcels.updateIf(a, id, { place: { eq: 0 } }, spec), ifThere)).toMatchObject({
      id,
      place: 1,
    });
    expect(await test.database.execute(parcels.update(a, id, spec), options)).toMatchObject({ id, place: 1 });
  });

  it('keeps the error of the domain apart from its key', async () => {
    const options = { commit, operationKey: operationKey(fresh()) } as const;
    const id = newId();
    const values = { id, code: fresh() };
    await test.database.execute(parcels.create(a, { values }));

    expect(await failure(test.database.execute(parcels.create(a, { values }), options))).toBeInstanceOf(
      EntityAlreadyExists,
    );
    expect(await test.keys()).toBe(0);
    await test.database.execute(parcels.purge(a, id));
    expect(await test.database.execute(parcels.create(a, { values }), options)).toMatchObject({ id });
  });

  it('asks for its key before what must be there', async () => {
    const options = { commit, operationKey: operationKey(fresh()) } as const;
    const one = spec(fresh(), stored('a'));
    const answer = await test.database.execute(one, options);
    await test.dataSource.query('DELETE FROM depots');

    expect(await test.database.execute(one, options)).toStrictEqual(answer);
  });

  it.each(['message', 'answer'] as const)('is stored once where its %s is lost', async (loss) => {
    const key = operationKey(fresh());
    const one = spec();
    await database.execute(parcels.count(a, {}));
    proxy.lose(new KeyedWrite(key, { operation: 'create' }).insertion.statement, loss);
    const lost = proxy.lost;

    const answer = await database.execute(one, { commit, operationKey: key }).catch((error: unknown) => error);

    expect(proxy.lost).toBe(lost + 1);
    if (loss === 'answer') expect(answer).toBeInstanceOf(OperationAlreadyDone);
    else expect(answer).toMatchObject({ tenant: 'a' });
    expect([(await test.parcels()).length, await test.keys()]).toEqual([1, 1]);
  });

  it('gives back what another call answered that came before it was made again', async () => {
    const key = operationKey(fresh());
    const code = fresh();
    let theirs: unknown;
    proxy.lose(new KeyedWrite(key, { operation: 'create' }).insertion.statement, 'message', async () => {
      theirs = await test.database.execute(spec(code), { operationKey: key });
    });

    expect(await database.execute(spec(code), { commit, operationKey: key })).toStrictEqual(theirs);
    expect([(await test.parcels()).length, await test.keys()]).toEqual([1, 1]);
  });
});
