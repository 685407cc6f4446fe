import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { observeOperations, type OperationEvent } from '@holdfast/operation';
import { batchQuerier } from '@holdfast/querier';
import type pg from 'pg';
import { Database, guardedPool } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const secret = 'never to be told';

describe.each([
  ['a guarded client', guardedPool({ max: 1 })],
  ['a stock client', { extra: { max: 1 } }],
])('an operation on %s that takes longer than it may', (_, pool) => {
  let test: TestDatabase;
  let slow: Database;
  let warnings: ReturnType<typeof jest.spyOn>;
  let events: OperationEvent[] = [];
  let stop = (): void => {};

  beforeAll(async () => {
    warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    test = await testDatabase([ArticleRow], pool);
    slow = new Database(test.dataSource, { slowOperationMs: 0 });
    // A connection is asked once what it is set to, where somebody else began it, and what it leads to.
    await slow.execute(articles.create(a, article()));
    stop = observeOperations((event) => void events.push(event));
  });
  afterEach(() => void (events = []));
  afterAll(async () => {
    stop();
    await test.close();
    warnings.mockRestore();
  });

  it('is told with its name, its entity and its figures, and without values', async () => {
    const { id } = await slow.execute(articles.create(a, { values: { title: secret } }));

    expect(events).toEqual([
      {
        kind: 'slow',
        at: null,
        operation: 'create',
        source: slow,
        entity: 'Article',
        durationMs: expect.any(Number),
        waitedMs: expect.any(Number),
        statements: 1,
        error: null,
      },
    ]);
    const [event] = events;
    expect(JSON.stringify({ ...event, source: null })).not.toContain(secret);
    expect(JSON.stringify({ ...event, source: null })).not.toContain(id);
  });

  it('is told with the statements of its transaction, where it has one', async () => {
    await slow.execute(articles.create(a, article()));
    await slow.execute(articles.create(a, article()), { commit: 'one-trip' });

    // BEGIN, the id of the transaction, the row, COMMIT.
    expect(events).toMatchObject([{ statements: 4 }, { statements: 1 }]);
  });

  it('is told of a dbSession as a whole, under the name that it is given', async () => {
    const work = { name: 'dispatchArticles' };
    await slow.beginSession(async (dbSession) => {
      const { id } = await dbSession.execute(articles.create(a, article()));
      await dbSession.execute(articles.update(a, id, { changes: { rank: 3 } }));
      await dbSession.sql`SELECT 1`;
    }, work);
    await slow.beginReadonlySession((dbSession) => dbSession.execute(articles.count(a, {})));
    await slow.beginReadonlySession(() => Promise.resolve());
    await slow.beginSession((dbSession) => dbSession.sql`SELECT 1`);

    const told = events.map((event) => event.kind === 'slow' && [event.operation, event.entity, event.statements]);

    expect(told).toEqual([
      ['dispatchArticles', 'Article', 6],
      ['beginReadonlySession', 'Article', 3],
      ['beginReadonlySession', null, 0],
      ['beginSession', null, 4],
    ]);
  });

  it('is told with what it failed with', async () => {
    const missing = slow.execute(articles.get(a, '00000000-0000-4000-8000-000000000000'));

    await expect(missing).rejects.toMatchObject({ name: 'EntityNotFound' });
    expect(events).toMatchObject([{ kind: 'slow', operation: 'get', error: { name: 'EntityNotFound' } }]);
  });

  it('says how long there was no connection', async () => {
    const held = await (test.dataSource.driver as unknown as { master: pg.Pool }).master.connect();
    const page = slow.execute(articles.search(a, batchQuerier({ pagination: { limit: 1, offset: 0 } })));
    await held.query('SELECT pg_sleep(0.05)');
    held.release();
    await page;

    const [event] = events;

    expect(event?.kind === 'slow' && event.waitedMs > 40 && event.durationMs >= event.waitedMs).toBe(true);
  });

  it('is not told of where it is fast enough, or nobody said what is slow', async () => {
    const patient = new Database(test.dataSource, { slowOperationMs: 60_000 });

    for (const database of [patient, test.database]) {
      await database.execute(articles.count(a, {}));
      await database.beginSession((dbSession) => dbSession.execute(articles.count(a, {})));
    }

    expect(events).toEqual([]);
  });

  it('is told as any other one, where all are told of', async () => {
    const telling = new Database(test.dataSource, { tellOperations: true });

    await telling.execute(articles.count(a, {}));
    await expect(telling.execute(articles.get(a, '00000000-0000-4000-8000-000000000000'))).rejects.toThrow();

    const told = { kind: 'executed', at: null, source: telling, entity: 'Article', statements: 1 };
    expect(events).toMatchObject([
      { ...told, operation: 'count', error: null },
      { ...told, operation: 'get', error: { name: 'EntityNotFound' } },
    ]);
  });

  it('is told of both ways, where both are asked for', async () => {
    const both = new Database(test.dataSource, { tellOperations: true, slowOperationMs: 0 });

    await both.execute(articles.count(a, {}));

    expect(events.map(({ kind }) => kind)).toEqual(['executed', 'slow']);
  });

  it.each([-1, NaN])('is none at %p milliseconds', (slowOperationMs) =>
    expect(() => new Database(test.dataSource, { slowOperationMs })).toThrow(Misuse),
  );
});
