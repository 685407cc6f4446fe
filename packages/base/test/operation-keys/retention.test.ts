import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@holdfast/errors';
import {
  Database,
  guardedPool,
  OperationAlreadyDone,
  operationKey,
  operationKeyMigrations,
  removeOperationKeys,
} from '../../src/index.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { ParcelRow } from '../fixture/parcels/parcel-row.js';
import { fresh, of, parcels } from '../fixture/parcels/parcels.js';
import { testDatabase } from '../fixture/test-database.js';

const HOUR = 3_600_000;

describe('the table of operation keys', () => {
  it('is made and dropped by its migrations, and is no entity', async () => {
    const test = await testDatabase([ParcelRow]);
    const table = async (): Promise<unknown> => {
      const [row] = await test.dataSource.query<{ t: string | null }[]>(
        `SELECT to_regclass('holdfast_operation') AS t`,
      );
      return row!.t;
    };
    try {
      expect(await test.database.migrate(operationKeyMigrations)).toEqual(['HoldfastCreateOperations1795300000000']);
      expect(await test.database.migrate(operationKeyMigrations)).toEqual([]);
      expect(await table()).toBe('holdfast_operation');
      expect(test.dataSource.entityMetadatas.map(({ tableName }) => tableName)).toEqual(['parcels']);
      await test.database.revertMigrations(operationKeyMigrations, { steps: 1 });
      expect(await table()).toBeNull();
      await test.database.migrate(operationKeyMigrations);
      await test.database.execute(parcels.create(of('a'), { values: { code: 'x' } }), {
        operationKey: operationKey('x'),
      });
    } finally {
      await test.close();
    }
  });
});

describe('removeOperationKeys', () => {
  let test: KeyedDatabase;

  beforeEach(async () => void (test = await keyedDatabase(guardedPool({ max: 4 }))));
  afterEach(() => test.close());

  const fill = (count: number, hours: number): Promise<unknown> =>
    test.dataSource.query(
      `INSERT INTO holdfast_operation (scope, key, operation, payload, call, created_at)
      SELECT '', 'key ' || i || ' of ' || $2, 'create', '', gen_random_uuid(), now() - $2::int * interval '1 hour'
      FROM generate_series(1, $1::int) AS i`,
      [count, hours],
    );

  it('removes what is older than it is kept, in batches of a transaction each', async () => {
    await test.dataSource.query('CREATE TABLE removed (xid xid8)');
    await test.dataSource.query(`CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN INSERT INTO removed VALUES (pg_current_xact_id()); RETURN NULL; END'`);
    await test.dataSource.query(
      'CREATE TRIGGER note AFTER DELETE ON holdfast_operation FOR EACH STATEMENT EXECUTE FUNCTION note()',
    );
    await fill(2_300, 25);
    await fill(7, 23);

    expect(await test.database.execute(removeOperationKeys({ keepMs: 24 * HOUR }))).toEqual({ count: 2_300 });

    const [row] = await test.dataSource.query<{ n: number }[]>('SELECT count(DISTINCT xid)::int AS n FROM removed');
    expect(row!.n).toBe(3);
    expect(await test.keys()).toBe(7);
    expect(await test.database.execute(removeOperationKeys({ keepMs: 24 * HOUR }))).toEqual({ count: 0 });
  });

  it('goes by the clock of the database', async () => {
    await fill(1, 1);
    const { now } = Date;
    Date.now = () => now() + 365 * 24 * HOUR;
    try {
      expect(await test.database.execute(removeOperationKeys({ keepMs: 2 * HOUR }))).toEqual({ count: 0 });
    } finally {
      Date.now = now;
    }
    expect(await test.database.execute(removeOperationKeys({ keepMs: HOUR - 1 }))).toEqual({ count: 1 });
  });

  it('lets several runners share the work', async () => {
    await fill(5_000, 25);
    const other = new Database(test.dataSource);
    const removed = await Promise.all(
      [test.database, other, test.database, other].map((database) =>
        database.execute(removeOperationKeys({ keepMs: HOUR })),
      ),
    );

    expect(removed.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
    expect(await test.keys()).toBe(0);
  });

  it('leaves a key to the call that is looking at it', async () => {
    await fill(3, 25);
    const runner = test.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`SELECT 1 FROM holdfast_operation WHERE key = 'key 2 of 25' FOR UPDATE`);

    expect(await test.database.execute(removeOperationKeys({ keepMs: HOUR }))).toEqual({ count: 2 });

    await runner.rollbackTransaction();
    await runner.release();
    expect(await test.database.execute(removeOperationKeys({ keepMs: HOUR }))).toEqual({ count: 1 });
  });

  it('lets a call be done again whose key is removed', async () => {
    const options = { name: 'run', operationKey: operationKey(fresh(), { scope: of('a'), keepResult: true }) };
    let runs = 0;
    const run = (): Promise<number> => test.database.beginSession(() => Promise.resolve(++runs), options);
    expect([await run(), await run()]).toEqual([1, 1]);
    expect(await test.database.execute(removeOperationKeys({ keepMs: 0 }))).toEqual({ count: 1 });

    expect([await run(), await run(), runs]).toEqual([2, 2, 2]);
  });

  it('of a call that keeps no answer says that it was done, and not that it is lost', async () => {
    const key = operationKey(fresh());
    const spec = () => parcels.createNext(of('a'), { values: { code: 'x' } }, { column: 'place' });
    await test.database.execute(spec(), { operationKey: key });

    await expect(test.database.execute(spec(), { operationKey: key })).rejects.toBeInstanceOf(OperationAlreadyDone);
  });

  it.each([-1, 0.5, NaN, Infinity, '1', undefined, null])('refuses %p milliseconds', (keepMs) => {
    expect(() => removeOperationKeys({ keepMs: keepMs as number })).toThrow(InvalidInput);
  });
});
