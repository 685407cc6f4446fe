import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import { guardedPool } from '../../src/index.js';
import { beginConnectionsWith } from '../fixture/begin-connections-with.js';
import { poolOf } from '../fixture/pool-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

let test: TestDatabase;
let pool: pg.Pool;
let warned: unknown[][];
const warnings = jest.spyOn(process, 'emitWarning').mockImplementation((...args: unknown[]) => void warned.push(args));

beforeAll(async () => {
  warned = [];
  test = await testDatabase([], guardedPool({ max: 1 }));
  pool = poolOf(test.dataSource);
  await pool.query(`
    CREATE FUNCTION sets_zone() RETURNS text AS $$ SELECT set_config('TimeZone', 'Asia/Tokyo', false) $$ LANGUAGE sql;
    CREATE FUNCTION sets_memory() RETURNS text AS $$ SELECT set_config('work_mem', '1MB', false) $$ LANGUAGE sql;
    CREATE FUNCTION own_path() RETURNS int SET search_path = pg_catalog AS 'SELECT 1' LANGUAGE sql`);
});
afterAll(async () => {
  warnings.mockRestore();
  await test.close();
});

const pid = async (): Promise<number> => {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]!.pid;
};

/** Whether a connection on which this was done is the one that comes next. */
async function isKept(work: (client: pg.PoolClient) => Promise<unknown>): Promise<boolean> {
  const before = await pid();
  const client = await pool.connect();
  await work(client);
  client.release();
  return (await pid()) === before;
}

const all =
  (...statements: readonly (string | pg.QueryConfig)[]) =>
  async (client: pg.PoolClient): Promise<void> => {
    for (const statement of statements) await client.query(statement as string).catch(() => {});
  };

describe('a connection is closed that somebody has changed for good, by', () => {
  it.each([
    `SET TimeZone = 'Asia/Kathmandu'`,
    `set session work_mem to '1MB'`,
    `/* as told */ SET work_mem = '1MB'; -- done`,
    `SET LOCAL work_mem = '1MB'; SET work_mem = '2MB'`,
    `SELECT 1; SET work_mem = '2MB'; SELECT ';'`,
    'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY',
    'SET ROLE pg_read_all_data',
    'SET SESSION AUTHORIZATION pg_read_all_data',
    'RESET work_mem',
    'RESET ALL',
    'DISCARD TEMP',
    'DISCARD ALL',
    'LISTEN news',
    `SELECT set_config('work_mem', '1MB', false)`,
    `SELECT pg_catalog.set_config('work_mem', replace('1MB,(', ',(', ''), false), set_config('lock_timeout', '1s', true)`,
    `SELECT set_config('work_mem', '1MB', 1 = 2)`,
    'CREATE TEMP TABLE passing (id int)',
    'CREATE LOCAL TEMPORARY TABLE passing AS SELECT 1 AS id',
    'SELECT 1 AS id INTO TEMP passing',
    'CREATE OR REPLACE TEMP VIEW passing AS SELECT 1 AS id',
    'CREATE TABLE pg_temp.passing (id int)',
    'SELECT sets_zone()',
    `DO $$ BEGIN SET application_name = 'done'; END $$`,
  ])('%s', async (statement) => {
    expect(await isKept(all(statement))).toBe(false);
  });

  it('a value that says so', async () => {
    const text = `SELECT set_config('work_mem', '1MB', $1)`;
    expect(await isKept(all({ text, values: [false] }))).toBe(false);
  });

  it('a setting within a transaction that was committed, or rolled back', async () => {
    expect(await isKept(all('BEGIN', `SET work_mem = '1MB'`, 'COMMIT'))).toBe(false);
    expect(await isKept(all('BEGIN', `SET work_mem = '1MB'`, 'ROLLBACK'))).toBe(false);
  });

  it("TypeORM's query runner, a dbSession, and SQL of one's own", async () => {
    for (const change of [
      () => test.dataSource.query(`SET work_mem = '1MB'`),
      () => test.dataSource.transaction((manager) => manager.query(`SET work_mem = '1MB'`)),
      () => test.database.beginSession((dbSession) => dbSession.manager.query(`SET work_mem = '1MB'`)),
      () => test.database.beginSession((dbSession) => dbSession.sql`SELECT set_config('work_mem', '1MB', false)`),
    ]) {
      const before = await pid();
      await change();
      expect(await pid()).not.toBe(before);
    }
  });
});

describe('a connection is kept after what ends with its transaction, or says nothing of the session:', () => {
  it.each([
    `BEGIN; SET LOCAL TimeZone = 'Asia/Kathmandu'; COMMIT`,
    `BEGIN; set /* not SESSION */ local work_mem = '1MB'; ROLLBACK`,
    'BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; COMMIT',
    'BEGIN; SET CONSTRAINTS ALL IMMEDIATE; COMMIT',
    `BEGIN; SELECT set_config('TimeZone', 'Asia/Kathmandu', true); COMMIT`,
    `SELECT set_config('work_mem', coalesce(null, '1MB'), true::boolean)`,
    'BEGIN; CREATE TEMP TABLE passing (id int) ON COMMIT DROP; COMMIT',
    `BEGIN; CREATE TEMP TABLE passing (id int) ON COMMIT DROP; CREATE POLICY own ON pg_temp.passing USING (true);
     CREATE UNIQUE INDEX ids ON pg_temp.passing (id); COMMIT`,
    `SELECT 'set_config(a, b, false)', 'CREATE TEMP TABLE passing', "temp" FROM (SELECT 1 AS "temp") AS temporary`,
    'SELECT own_path()',
    'SET nonsense = 1',
  ])('%s', async (statement) => {
    expect(await isKept(all(statement))).toBe(true);
  });

  it('a value that says so', async () => {
    const text = `SELECT set_config('work_mem', '1MB', $1::boolean)`;
    expect(await isKept(all({ text, values: [true] }, { name: 'n', text, values: ['true'] }))).toBe(true);
  });

  it("TypeORM's transactions of any isolation, and what a dbSession is told", async () => {
    const before = await pid();

    await test.dataSource.transaction('SERIALIZABLE', (manager) => manager.query('SELECT 1'));
    await test.database.beginSession((dbSession) => dbSession.sql`SELECT 1`, {
      isolation: 'serializable',
      lockTimeoutMs: 900,
      statementTimeoutMs: 900,
    });
    await test.database.withAdvisoryLock('x', async () => {}, { waitMs: 0 }).catch(() => {});

    expect(await pid()).toBe(before);
  });
});

it('what the text and the server keep to themselves is not seen: a function that sets what is not reported', async () => {
  expect(await isKept(all('SELECT sets_memory()'))).toBe(true);
  expect((await pool.query('SHOW work_mem')).rows).toEqual([{ work_mem: '1MB' }]);
});

it('says once what happens, and by what', async () => {
  await test.dataSource.query(`SET work_mem = '1MB'`);

  const told = warned.filter(([, options]) => (options as { code?: string }).code === 'HOLDFAST_SETTING_CHANGED');

  expect(told).toHaveLength(1);
  expect(told[0]![0]).toMatch('SET');
});

describe("what connections begin with is the application's own, and stays:", () => {
  const zone = async (): Promise<unknown> => (await pool.query(`SELECT current_setting('TimeZone') AS zone`)).rows;

  it('in onConnect', async () => {
    await beginConnectionsWith(
      test.dataSource,
      `SET TimeZone = 'Asia/Kathmandu'`,
      `SET work_mem = '1MB'`,
      'LISTEN news',
    );

    expect(await isKept(all('SELECT 1'))).toBe(true);

    expect(await zone()).toEqual([{ zone: 'Asia/Kathmandu' }]);
    expect(await isKept(all(`BEGIN; SET LOCAL TimeZone = 'UTC'; COMMIT`))).toBe(true);
    expect(await isKept(all(`SET TimeZone = 'UTC'`))).toBe(false);
    expect(await zone()).toEqual([{ zone: 'Asia/Kathmandu' }]);
    await beginConnectionsWith(test.dataSource);
  });

  it("when 'connect' is heard, even if the connection is given back before it is done", async () => {
    const listener = (client: pg.PoolClient): void => {
      void client.query(`SET TimeZone = 'Asia/Kathmandu'`);
      void client.query(`SELECT set_config('work_mem', '1MB', false)`);
    };
    await pid();
    pool.on('connect', listener);
    (await pool.connect()).release(true);

    (await pool.connect()).release();

    const first = await pid();
    expect(await zone()).toEqual([{ zone: 'Asia/Kathmandu' }]);
    expect(await pid()).toBe(first);
    pool.off('connect', listener);
    (await pool.connect()).release(true);
  });
});
