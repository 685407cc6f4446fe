import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { errorCode, HoldfastError } from '@holdfast/errors';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Database, DeadlineExceeded, guardedPool, newId } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { articles, tenant } from './fixture/articles.js';
import { gate } from './fixture/gate.js';
import { silentProxy } from './fixture/silent-proxy.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const find = articles.find(tenant('a'), newId());
const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

// So that a breaker can tell a pool that is too small from a server that does not answer.
describe.each([
  ['the guarded pool', guardedPool({ max: 2 })],
  ['a stock pool', { extra: { max: 2 }, poolErrorHandler: () => {} }],
])('a deadline that passes before there is a connection of %s', (_name, pool) => {
  let test: TestDatabase;

  beforeEach(async () => void (test = await testDatabase([ArticleRow], pool)));
  afterEach(() => test.close());

  const whileAllAreBusy = async (work: () => Promise<void>): Promise<void> => {
    const end = gate();
    const begun = [gate(), gate()];
    const sessions = begun.map(({ open }) =>
      test.database.beginSession(async (dbSession) => {
        await dbSession.sql`SELECT 1`;
        open();
        await end.passed;
      }),
    );
    await Promise.all(begun.map(({ passed }) => passed));
    await work();
    end.open();
    await Promise.all(sessions);
  };

  const ways: readonly (readonly [string, (database: Database, deadlineMs: number) => Promise<unknown>])[] = [
    ['a ping', (database, deadlineMs) => database.ping({ deadlineMs })],
    ['a spec', (database, deadlineMs) => database.execute(find, { deadlineMs })],
    [
      'a dbSession',
      (database, deadlineMs) =>
        database.beginSession((dbSession) => dbSession.sql`SELECT 1`, { deadlineMs, separate: true }),
    ],
  ];

  it.each(ways)('is an overload where others have all of them: %s', async (_way, run) => {
    await whileAllAreBusy(async () => {
      const error = await failure(run(test.database, 30));

      expect(error).toBeInstanceOf(DeadlineExceeded);
      expect(error).toHaveProperty('isOverload', true);
    });
  });

  it.each(ways)('is an overload where nothing was asked for: %s', async (_way, run) => {
    expect(await failure(run(test.database, 0))).toMatchObject({ name: 'DeadlineExceeded', isOverload: true });
  });

  it('is one as well where a signal says that the time is over, with that as its cause', async () => {
    const code = errorCode('backendai', 'generic', 'timeout');
    const reason = new HoldfastError({ code, message: 'No answer within 50 ms.' });
    const abort = new AbortController();
    await whileAllAreBusy(async () => {
      const error = failure(test.database.ping({ signal: abort.signal }));
      abort.abort(reason);

      expect(await error).toMatchObject({ name: 'DeadlineExceeded', isOverload: true, cause: reason });
    });
  });

  it('is none where a statement runs', async () => {
    const sleep = test.database.beginSession((dbSession) => dbSession.sql`SELECT pg_sleep(60)`, { deadlineMs: 1_500 });

    expect(await failure(sleep)).toMatchObject({ name: 'DeadlineExceeded', isOverload: false });
  });

  it('is none where the server is silent: neither for those who connect, nor for those who wait for their turn', async () => {
    const proxy = await silentProxy(test.url);
    const options = { type: 'postgres', url: proxy.url, ...pool } as DataSourceOptions;
    const dataSource = await new DataSource(options).initialize();
    const database = new Database(dataSource);
    await database.ping();
    proxy.silence();

    const errors = await Promise.all([1, 2, 3, 4].map(() => failure(database.ping({ deadlineMs: 50 }))));
    const later = await Promise.all([1, 2, 3, 4].map(() => failure(database.ping({ deadlineMs: 50 }))));

    const none = expect.objectContaining({ name: 'DeadlineExceeded', isOverload: false });
    expect([...errors, ...later]).toEqual(Array(8).fill(none));
    proxy.close();
    await dataSource.destroy();
  });
});
