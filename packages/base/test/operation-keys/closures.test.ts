import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import {
  type Database,
  type DbWriteSession,
  guardedPool,
  OperationAlreadyDone,
  type OperationKey,
  operationKey,
  type WriteSessionOptions,
} from '../../src/index.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { fresh, of, parcels } from '../fixture/parcels/parcels.js';

const a = of('a');

const keyOf = (text: string, more: { readonly keepResult?: boolean } = {}): OperationKey =>
  operationKey(text, { scope: a, ...more });

describe.each([
  ['over the guarded pool', guardedPool({ max: 3 })],
  ['over a stock pool', { extra: { max: 3 } }],
])('a closure with a key, %s', (_, pool) => {
  let test: KeyedDatabase;
  let database: Database;
  let runs: number;
  let hooks: number;

  beforeAll(async () => void (test = await keyedDatabase(pool)));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('DELETE FROM parcels; DELETE FROM holdfast_operation');
    ({ database } = test);
    runs = hooks = 0;
  });

  /** Creates a parcel and gives back what it is told to. */
  const run = <Result>(
    options: WriteSessionOptions,
    result: Result,
    more: (dbSession: DbWriteSession) => Promise<void> = () => Promise.resolve(),
  ): Promise<Result> =>
    database.beginSession(
      async (dbSession) => {
        runs += 1;
        dbSession.afterCommit(() => void (hooks += 1));
        await dbSession.execute(parcels.create(a, { values: { code: fresh() } }));
        await more(dbSession);
        return result;
      },
      { name: 'run', ...options },
    );
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => new Error('It succeeded.'),
      (error: unknown) => error,
    );

  const results: readonly (readonly [what: string, result: unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['false', false],
    ['0', 0],
    ['a number', -1.7976931348623157e308],
    ['the empty text', ''],
    ['a text', 'ü 𝄞 \0 \ud800 \u2028 \\ " \''],
    ['a list of nothing', []],
    ['lists and objects', { list: [1, 'two', null, { three: [[]] }], '': {}, constructor: 1 }],
    ['a name that is special', JSON.parse('{"__proto__": {"x": 1}}')],
    ['a frozen object', Object.freeze({ id: 'x' })],
    ['much', Array.from({ length: 20_000 }, (_, i) => ({ i, text: `row ${i}` }))],
  ];

  it.each(results)('is not run again, and gives back what it returned: %s', async (_what, result) => {
    const options = { operationKey: keyOf(fresh(), { keepResult: true }) };

    expect(await run(options, result)).toBe(result);
    expect(await run(options, 'another')).toStrictEqual(result);
    expect(await run(options, 'another')).toStrictEqual(result);
    expect([runs, hooks, (await test.parcels()).length]).toEqual([1, 1, 1]);
  });

  const circle: Record<string, unknown> = {};
  circle['circle'] = circle;
  const unkeepable: readonly (readonly [what: string, result: unknown])[] = [
    ['a Date', new Date(0)],
    ['a bigint', 1n],
    ['a bigint within', { n: 1n }],
    ['NaN', NaN],
    ['an infinity', [Infinity]],
    ['negative zero', -0],
    ['undefined within', { x: undefined }],
    ['a hole', [1, , 3]], // eslint-disable-line no-sparse-arrays -- it is what is meant
    ['a Map', new Map([[1, 2]])],
    ['bytes', Buffer.from('x')],
    ['an instance', new (class Thing {})()],
    ['an object without a prototype', Object.create(null)],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a name that is a symbol', { [Symbol('x')]: 1 }],
    ['what says itself what it is as JSON', { toJSON: () => 'x' }],
    ['what throws when it is asked', { toJSON: () => JSON.parse('{') as unknown }],
    ['a circle', circle],
  ];

  it.each(unkeepable)('keeps nothing that JSON does not give back: %s', async (_what, result) => {
    const key = keyOf(fresh(), { keepResult: true });

    expect(await failure(run({ operationKey: key }, result))).toBeInstanceOf(Misuse);
    expect([hooks, (await test.parcels()).length, await test.keys()]).toEqual([0, 0, 0]);
    // The key is as good as new.
    expect(await run({ operationKey: key }, 'kept')).toBe('kept');
    expect(await run({ operationKey: key }, 'other')).toBe('kept');
  });

  it('that keeps no result is not run again, and says so', async () => {
    const options = { operationKey: keyOf(fresh()) };
    const date = new Date(0);

    expect(await run(options, date)).toBe(date);
    const error = await failure(run(options, date));

    expect(error).toBeInstanceOf(OperationAlreadyDone);
    expect(error).toMatchObject({
      outcome: 'committed',
      retryable: false,
      httpStatus: 409,
      code: 'database_generic_already-exists',
    });
    expect([runs, hooks, (await test.parcels()).length]).toEqual([1, 1, 1]);
  });

  it('that did not keep its result has none for a call that asks for one', async () => {
    const text = fresh();
    await run({ operationKey: keyOf(text) }, 'x');

    expect(await failure(run({ operationKey: keyOf(text, { keepResult: true }) }, 'x'))).toBeInstanceOf(
      OperationAlreadyDone,
    );
  });

  it('that does nothing has its key all the same', async () => {
    const options = { operationKey: keyOf(fresh(), { keepResult: true }) };
    const nothing = (): Promise<number> =>
      database.beginSession(() => Promise.resolve(++runs), { name: 'nothing', ...options });

    expect([await nothing(), await nothing(), runs]).toEqual([1, 1, 1]);
  });

  it('that fails leaves no key, and is run when it comes again', async () => {
    const options = { operationKey: keyOf(fresh(), { keepResult: true }) };

    expect(await failure(run(options, 1, () => Promise.reject(new Error('no'))))).toEqual(new Error('no'));
    expect([await test.keys(), (await test.parcels()).length]).toEqual([0, 0]);
    expect([await run(options, 2), await run(options, 3)]).toEqual([2, 2]);
    expect([runs, (await test.parcels()).length]).toEqual([2, 1]);
  });

  it('that swallows an error of the database commits nothing, and no key', async () => {
    const options = { operationKey: keyOf(fresh()) };
    const swallow = (dbSession: DbWriteSession): Promise<void> =>
      dbSession.sql`SELECT 1 / 0`.then(
        () => {},
        () => {},
      );

    expect(await failure(run(options, 1, swallow))).toMatchObject({ outcome: 'not-committed' });
    expect([await test.keys(), (await test.parcels()).length]).toEqual([0, 0]);
  });

  it('that undoes a savepoint has its key all the same', async () => {
    const options = { operationKey: keyOf(fresh(), { keepResult: true }) };
    const undone = (dbSession: DbWriteSession): Promise<void> =>
      dbSession
        .savepoint(() => Promise.reject(new Error('undone')))
        .then(
          () => {},
          () => {},
        );

    expect([await run(options, 1, undone), await run(options, 2, undone), runs]).toEqual([1, 1, 1]);
  });

  it.each(['read committed', 'repeatable read', 'serializable'] as const)(
    'is run once at a time, %s',
    async (isolation) => {
      const options = { isolation, operationKey: keyOf(fresh(), { keepResult: true }) };
      const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => run(options, i)));

      expect(new Set(answers).size).toBe(1);
      expect([hooks, (await test.parcels()).length, await test.keys()]).toEqual([1, 1, 1]);
    },
  );

  it('that collides is made again with its key', async () => {
    const options = { operationKey: keyOf(fresh(), { keepResult: true }) };
    const collide = (dbSession: DbWriteSession): Promise<void> =>
      dbSession.attempt < 3
        ? dbSession.sql`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`.then(() => {})
        : Promise.resolve();

    expect([await run(options, 'x', collide), runs]).toEqual(['x', 3]);
    expect([await run(options, 'y', collide), runs, await test.keys()]).toEqual(['x', 3, 1]);
  });
});
