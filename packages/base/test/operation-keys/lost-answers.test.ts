import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Database, guardedPool, OperationAlreadyDone, operationKey, operationKeyMigrations } from '../../src/index.js';
import { COMMIT } from '../../src/session/begin.js';
import { DepotRow } from '../fixture/parcels/depot-row.js';
import { type LosingProxy, losingProxy } from '../fixture/parcels/losing-proxy.js';
import { ParcelRow } from '../fixture/parcels/parcel-row.js';
import { fresh, of, parcels } from '../fixture/parcels/parcels.js';

const a = of('a');

// A server of its own, which crashes: durable, for what was committed must be there again.
describe('a write with a key whose COMMIT is not answered', () => {
  let server: EmbeddedPostgres;
  let proxy: LosingProxy;
  let straight: DataSource;
  let through: DataSource;
  let database: Database;
  let other: Database;

  const connected = (url: string, synchronize: boolean, max: number): Promise<DataSource> => {
    const options = { type: 'postgres', url, entities: [ParcelRow, DepotRow], synchronize };
    return new DataSource({ ...options, ...guardedPool({ max }) } as DataSourceOptions).initialize();
  };

  beforeAll(async () => {
    server = await startEmbeddedPostgres({ maxConnections: 40 });
    proxy = await losingProxy(server.url);
    straight = await connected(server.url, true, 1);
    through = await connected(proxy.url, false, 4);
    other = new Database(straight);
    await other.migrate(operationKeyMigrations);
  });
  afterAll(async () => {
    await through.destroy();
    await straight.destroy();
    proxy.close();
    await server.stop();
  });
  beforeEach(async () => {
    await straight.query('DELETE FROM parcels; DELETE FROM holdfast_operation');
    database = new Database(through);
  });
  afterEach(() => database.close());

  const counts = async (): Promise<unknown> => {
    const sql = `SELECT (SELECT count(*)::int FROM parcels) AS parcels, (SELECT count(*)::int FROM holdfast_operation) AS keys`;
    return (await straight.query<unknown[]>(sql))[0];
  };
  const once = { parcels: 1, keys: 1 };
  /** One server process dies hard, so that all do, and the log is replayed. What had not been written to it is gone. */
  const crash = async (): Promise<void> => {
    const state = async (): Promise<{ pid: number; life: string }> => {
      const sql = 'SELECT pg_backend_pid() AS pid, stats_reset::text AS life FROM pg_stat_wal';
      return (await straight.query<{ pid: number; life: string }[]>(sql))[0]!;
    };
    const before = await state();
    process.kill(before.pid, 'SIGKILL');
    // Their one connection is a new one then, to a server that has begun anew.
    while ((await state().catch(() => before)).life === before.life);
  };

  describe.each(['message', 'answer'] as const)('%s lost', (loss) => {
    it('a standard operation is answered from memory, and once', async () => {
      const spec = parcels.create(a, { values: { code: fresh() } });
      const options = { operationKey: operationKey(fresh()) };
      await database.execute(parcels.count(a, {}));
      proxy.lose(COMMIT.statement, loss);
      const lost = proxy.lost;

      const answer = await database.execute(spec, options);

      expect(proxy.lost).toBe(lost + 1);
      expect(await other.execute(parcels.get(a, answer.id))).toStrictEqual(answer);
      expect(await other.execute(spec, options)).toStrictEqual(answer);
      expect(await counts()).toEqual(once);
    });

    it('a closure is answered from memory, though its result is not kept', async () => {
      const options = { name: 'create', operationKey: operationKey(fresh(), { scope: a }) };
      const result = new Map();
      let [runs, hooks] = [0, 0];
      proxy.lose(COMMIT.statement, loss);

      const answer = await database.beginSession(async (dbSession) => {
        runs += 1;
        dbSession.afterCommit(() => void (hooks += 1));
        await dbSession.execute(parcels.create(a, { values: { code: fresh() } }));
        return result;
      }, options);

      expect(answer).toBe(result);
      expect([runs, hooks]).toEqual([loss === 'answer' ? 1 : 2, 1]);
      expect(await counts()).toEqual(once);
    });

    it('and a crash after it: the row of the key decides', async () => {
      const spec = parcels.create(a, { values: { code: fresh() } });
      const options = { operationKey: operationKey(fresh()) };
      proxy.lose(COMMIT.statement, loss, crash);

      const answer = await database.execute(spec, options);

      expect(await other.execute(parcels.get(a, answer.id))).toStrictEqual(answer);
      expect(await other.execute(spec, options)).toStrictEqual(answer);
      expect(await counts()).toEqual(once);
    });

    it('and a crash after it, of a closure: the row of the key decides', async () => {
      const options = { name: 'create', operationKey: operationKey(fresh(), { scope: a }) };
      let [runs, hooks] = [0, 0];
      proxy.lose(COMMIT.statement, loss, crash);

      const answer = await database.beginSession(async (dbSession) => {
        dbSession.afterCommit(() => void (hooks += 1));
        await dbSession.execute(parcels.create(a, { values: { code: fresh() } }));
        return (runs += 1);
      }, options);

      expect([answer, runs, hooks]).toEqual(loss === 'answer' ? [1, 1, 1] : [2, 2, 1]);
      expect(await counts()).toEqual(once);
    });
  });

  it('and done by another call after a crash: what that one answered is answered', async () => {
    const code = fresh();
    const make = () => parcels.create(a, { values: { code } });
    const options = { operationKey: operationKey(fresh()) };
    let theirs: unknown;
    proxy.lose(COMMIT.statement, 'message', async () => {
      await crash();
      theirs = await other.execute(make(), options);
    });

    // Its own row, with a key of its own, was never stored.
    expect(await database.execute(make(), options)).toStrictEqual(theirs);
    expect(await counts()).toEqual(once);
  });

  it('and run by another call after a crash: its hooks are not run twice, and its result is not made up', async () => {
    const text = fresh();
    const hooks: string[] = [];
    const run = (on: Database, who: string, keepResult: boolean): Promise<string> =>
      on.beginSession(
        async (dbSession) => {
          dbSession.afterCommit(() => void hooks.push(who));
          await dbSession.execute(parcels.create(a, { values: { code: who } }));
          return who;
        },
        { name: 'run', operationKey: operationKey(text, { scope: a, keepResult }) },
      );
    proxy.lose(COMMIT.statement, 'message', async () => {
      await crash();
      await run(other, 'theirs', true);
    });

    expect(await run(database, 'ours', true)).toBe('theirs');
    expect(hooks).toEqual(['theirs']);

    await straight.query('DELETE FROM parcels; DELETE FROM holdfast_operation');
    proxy.lose(COMMIT.statement, 'message', async () => {
      await crash();
      await run(other, 'theirs again', false);
    });

    await expect(run(database, 'ours', false)).rejects.toBeInstanceOf(OperationAlreadyDone);
    expect(hooks).toEqual(['theirs', 'theirs again']);
    expect(await counts()).toEqual(once);
  });
});
