import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists } from '@holdfast/errors';
import { DataSource, type DataSourceOptions } from 'typeorm';
import {
  Database,
  DeadlineExceeded,
  guardedPool,
  OperationAlreadyDone,
  type OperationKey,
  operationKey,
  OperationKeyReused,
} from '../../src/index.js';
import { gate } from '../fixture/gate.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { DepotRow } from '../fixture/parcels/depot-row.js';
import { ParcelRow } from '../fixture/parcels/parcel-row.js';
import { fresh, of, parcels } from '../fixture/parcels/parcels.js';
import { Program } from '../fixture/program.js';

const a = of('a');

describe('calls with one key at once', () => {
  let test: KeyedDatabase;
  let others: DataSource;
  let databases: readonly Database[];

  beforeAll(async () => {
    test = await keyedDatabase(guardedPool({ max: 6 }));
    const options = { type: 'postgres', url: test.url, entities: [ParcelRow, DepotRow], ...guardedPool({ max: 6 }) };
    others = await new DataSource(options as DataSourceOptions).initialize();
    databases = [test.database, new Database(others)];
  });
  afterAll(async () => {
    await others.destroy();
    await test.close();
  });
  beforeEach(() => test.dataSource.query('DELETE FROM parcels; DELETE FROM holdfast_operation'));
  afterEach(() => Program.killAll());

  const tenTimes = <Result>(work: (database: Database, i: number) => Promise<Result>): Promise<Result[]> =>
    Promise.all(Array.from({ length: 10 }, (_, i) => work(databases[i % 2]!, i)));
  const create = (database: Database, key: OperationKey, code: string): Promise<ParcelRow> =>
    database.execute(parcels.create(a, { values: { code } }), { operationKey: key });
  /** Resolves when somebody waits for the end of another transaction. */
  const somebodyWaits = async (): Promise<void> => {
    const sql = `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'transactionid' AND datname = current_database()`;
    while ((await test.dataSource.query<unknown[]>(sql)).length === 0);
  };

  it('create one row, and all answer it', async () => {
    const [key, code] = [operationKey(fresh()), fresh()];
    const answers = await tenTimes((database) => create(database, key, code));

    for (const answer of answers) expect(answer).toStrictEqual(answers[0]);
    expect([(await test.parcels()).length, await test.keys()]).toEqual([1, 1]);
  });

  it('change a row once', async () => {
    const { id } = await create(test.database, operationKey(fresh()), fresh());
    const key = operationKey(fresh());
    const answers = await tenTimes((database) =>
      database.execute(parcels.update(a, id, { changes: { place: 1 } }), { operationKey: key }),
    );

    expect(answers.map(({ version }) => version)).toEqual(Array(10).fill(2));
  });

  it('create many rows once, and say so where their answer is not kept', async () => {
    const key = operationKey(fresh());
    const specs = Array.from({ length: 20 }, () => ({ values: { code: fresh() } }));
    const answers = await tenTimes((database) =>
      database.execute(parcels.bulkUpsert(a, specs), { operationKey: key }).catch((error: unknown) => error),
    );

    expect(answers.filter((answer) => answer instanceof OperationAlreadyDone)).toHaveLength(9);
    expect(answers.filter((answer) => !(answer instanceof Error))).toEqual([{ inserted: 20, updated: 0 }]);
    expect([(await test.parcels()).length, await test.keys()]).toEqual([20, 1]);
  });

  it('run a closure once', async () => {
    const key = operationKey(fresh(), { scope: a, keepResult: true });
    const code = fresh();
    let runs = 0;
    const answers = await tenTimes((database, i) =>
      database.beginSession(
        async (dbSession) => {
          runs += 1;
          const { id } = await dbSession.execute(parcels.create(a, { values: { code } }));
          return { id, by: i };
        },
        { name: 'create', operationKey: key },
      ),
    );

    for (const answer of answers) expect(answer).toStrictEqual(answers[0]);
    expect([runs, (await test.parcels()).length]).toEqual([1, 1]);
  });

  it('with different payloads do the first, and refuse the others', async () => {
    const key = operationKey(fresh());
    const answers = await tenTimes((database, i) =>
      create(database, key, `code ${i % 2}`).then(
        ({ code }) => code,
        (error: unknown) => (error instanceof OperationKeyReused ? 'reused' : error),
      ),
    );

    const done = answers.find((answer) => answer !== 'reused');
    expect(['code 0', 'code 1']).toContain(done);
    expect(answers.filter((answer) => answer === done)).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'reused')).toHaveLength(5);
    expect((await test.parcels()).length).toBe(1);
  });

  it('wait for the first one, and one of them does it where that one is rolled back', async () => {
    const key = operationKey(fresh(), { scope: a, keepResult: true });
    const isIn = gate();
    const goesOn = gate();
    let runs = 0;
    const first = databases[0]!.beginSession(
      async (dbSession) => {
        await dbSession.execute(parcels.create(a, { values: { code: 'first' } }));
        isIn.open();
        await goesOn.passed;
        throw new Error('It is rolled back.');
      },
      { name: 'create', operationKey: key },
    );
    first.catch(() => {});
    await isIn.passed;
    const next = tenTimes((database, i) =>
      i > 3
        ? Promise.resolve(null)
        : database.beginSession(
            async (dbSession) => {
              runs += 1;
              return (await dbSession.execute(parcels.create(a, { values: { code: `next ${i}` } }))).code;
            },
            { name: 'create', operationKey: key },
          ),
    );
    await somebodyWaits();
    expect(runs).toBe(0);

    goesOn.open();

    await expect(first).rejects.toThrow('It is rolled back.');
    const answers = (await next).slice(0, 4);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^next/);
    expect([runs, (await test.parcels()).length]).toEqual([1, 1]);
  });

  it('wait for the first one, and none of them does it where that one commits', async () => {
    const key = operationKey(fresh(), { scope: a });
    const isIn = gate();
    const goesOn = gate();
    const first = databases[0]!.beginSession(
      async () => {
        isIn.open();
        await goesOn.passed;
      },
      { name: 'create', operationKey: key },
    );
    await isIn.passed;
    const second = databases[1]!.beginSession(() => Promise.reject(new Error('It was run again.')), {
      name: 'create',
      operationKey: key,
    });
    second.catch(() => {});
    await somebodyWaits();

    goesOn.open();

    await first;
    await expect(second).rejects.toBeInstanceOf(OperationAlreadyDone);
  });

  it('wait no longer than their deadline or their signal, and have done nothing then', async () => {
    const key = operationKey(fresh(), { scope: a });
    const isIn = gate();
    const goesOn = gate();
    const options = { name: 'create', operationKey: key };
    const first = databases[0]!.beginSession(async () => {
      isIn.open();
      await goesOn.passed;
      throw new Error('undone');
    }, options);
    first.catch(() => {});
    await isIn.passed;
    const work = (): Promise<void> => Promise.resolve();

    await expect(databases[1]!.beginSession(work, { ...options, deadlineMs: 50 })).rejects.toBeInstanceOf(
      DeadlineExceeded,
    );
    const given = new AbortController();
    const waiting = databases[1]!.beginSession(work, { ...options, signal: given.signal });
    waiting.catch(() => {});
    await somebodyWaits();
    given.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');

    goesOn.open();
    await expect(first).rejects.toThrow('undone');
    await databases[1]!.beginSession(work, options);
    expect(await test.keys()).toBe(1);
  });

  it('with keys of their own do as without keys', async () => {
    const code = fresh();
    const answers = await tenTimes((database) =>
      create(database, operationKey(fresh()), code).then(
        () => 'done',
        (error: unknown) => error instanceof EntityAlreadyExists || (error as Error).name,
      ),
    );

    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect([(await test.parcels()).length, await test.keys()]).toEqual([1, 1]);
  });

  it('of several processes are one', async () => {
    const text = fresh();
    const programs = [0, 1].map(() => new Program('create-parcel', test.url, text, 'code', '8'));
    for (const program of programs) expect(await program.line()).toBe('ready');
    for (const program of programs) program.say('go');
    const said = await Promise.all(programs.map((program) => program.line()));

    const [first, second] = said.map((line) => JSON.parse(line) as string[]);
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(2);
    expect((await test.parcels()).length).toBe(2);
  });
});
