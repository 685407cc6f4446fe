import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Database, guardedPool, newId, operationKey, operationKeyMigrations } from '../../src/index.js';
import { ann, document, documents, tenant } from '../fixture/documents.js';
import { type GuardedDatabase, guardedDatabase } from '../fixture/guarded-database.js';
import { DepotRow } from '../fixture/parcels/depot-row.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { ParcelRow } from '../fixture/parcels/parcel-row.js';
import { fresh, of, parcels, stored } from '../fixture/parcels/parcels.js';
import { type PgBouncer, pgBouncerIsFound, startPgBouncer } from '../fixture/pgbouncer.js';

describe('operation keys under row-level security', () => {
  let test: GuardedDatabase;

  beforeAll(async () => {
    test = await guardedDatabase(guardedPool({ max: 3 }));
    await test.database.migrate(operationKeyMigrations);
  });
  afterAll(() => test.close());

  it('are kept and found within the scope of their operation', async () => {
    const options = { operationKey: operationKey('of everybody') };
    const id = newId();
    const mine = () => documents.create(tenant('a'), document({ id, title: 'mine' }));
    const theirs = () => documents.create(tenant('b'), document({ id: newId(), title: 'theirs', owner: ann }));
    const answer = await test.database.execute(mine(), options);
    const other = await test.database.execute(theirs(), options);

    expect([answer.tenant, other.tenant]).toEqual(['a', 'b']);
    expect(await test.database.execute(mine(), options)).toStrictEqual(answer);
    expect(await test.asSuperuser('SELECT tenant FROM documents ORDER BY tenant')).toEqual([
      { tenant: 'a' },
      { tenant: 'b' },
    ]);
  });

  it('let several statements and closures be done once', async () => {
    const all = unscoped('a test');
    const options = {
      name: 'run',
      operationKey: operationKey(fresh(), { scope: all, keepResult: true }),
      rowScope: all,
    };
    let runs = 0;
    const run = (): Promise<number> =>
      test.database.beginSession(async (dbSession) => {
        await dbSession.execute(documents.create(tenant('c'), document()));
        await dbSession.sql`UPDATE documents SET rank = rank + 1 WHERE tenant = 'c'`;
        return ++runs;
      }, options);

    expect([await run(), await run(), runs]).toEqual([1, 1, 1]);
    expect(await test.asSuperuser(`SELECT rank FROM documents WHERE tenant = 'c'`)).toEqual([{ rank: 1 }]);
  });
});

if (!pgBouncerIsFound) {
  process.stderr.write('Left out: operation keys through PgBouncer, which is not installed.\n');
}

(pgBouncerIsFound ? describe : describe.skip)('operation keys through PgBouncer in transaction mode', () => {
  let test: KeyedDatabase;
  let pooler: PgBouncer;
  let dataSource: DataSource;
  let database: Database;

  beforeAll(async () => {
    test = await keyedDatabase();
    await test.dataSource.query(`INSERT INTO depots VALUES ('a')`);
    pooler = await startPgBouncer(test.url, 2);
    const options = { type: 'postgres', url: pooler.url, entities: [ParcelRow, DepotRow], ...guardedPool({ max: 4 }) };
    dataSource = await new DataSource(options as DataSourceOptions).initialize();
    database = new Database(dataSource, { preparedStatements: false });
  });
  afterAll(async () => {
    await database.close();
    await dataSource.destroy();
    await pooler.close();
    await test.close();
  });

  it.each(['resolved', 'one-trip'] as const)('let a write be done once: %s', async (commit) => {
    const code = fresh();
    const key = operationKey(fresh());
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        database
          .execute(parcels.create(stored('a'), { values: { code } }), { operationKey: key, commit })
          .catch((error: Error) => error.name),
      ),
    );

    expect(new Set(answers.map((answer) => JSON.stringify(answer, (_, v: unknown) => String(v)))).size).toBe(1);
    expect((await test.parcels()).filter((row) => row.includes(code))).toHaveLength(1);
  });

  it('let closures be run once', async () => {
    const options = { name: 'run', operationKey: operationKey(fresh(), { scope: of('b'), keepResult: true }) };
    let runs = 0;
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        database.beginSession(async (dbSession) => {
          await dbSession.execute(parcels.create(of('b'), { values: { code: fresh() } }));
          return ++runs;
        }, options),
      ),
    );

    expect([answers, runs]).toEqual([[1, 1, 1, 1], 1]);
  });
});
