import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityNotFound } from '@holdfast/errors';
import { existenceCheck, searchScope } from '@holdfast/querier';
import { guardedPool, type ReadSpec, readSpec, type RowStream, type StreamQuery, streamSpec } from '../src/index.js';
import { type Article, articles, tenant } from './fixture/articles.js';
import { ArticleRow } from './fixture/article-row.js';
import { manyArticles } from './fixture/many-articles.js';
import { openCursors, readStream } from './fixture/read-stream.js';
import type { TestDatabase } from './fixture/test-database.js';

const a = tenant('a');

describe.each([
  ['the guarded pool', guardedPool({ max: 1 })],
  ['a stock pool', { extra: { max: 1 } }],
])('the end of a stream over %s', (_name, pool) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await manyArticles(40, pool);
    // The first call on a connection fails as if the transaction had collided with another, where both arguments are equal.
    await test.dataSource.query(`CREATE FUNCTION collide_once(at int, n int) RETURNS int LANGUAGE plpgsql AS $$
      BEGIN
        IF n = at AND NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) THEN
          PERFORM pg_advisory_lock(1);
          RAISE SQLSTATE '40001';
        END IF;
        RETURN n;
      END $$`);
  });
  afterAll(() => test.close());

  const stream = (query: StreamQuery<ArticleRow> = {}): RowStream<Article> =>
    test.database.stream(articles.stream(a, query));
  /** Resolves once the only connection of the pool is free. */
  const connectionIsBack = (): Promise<unknown> => test.database.execute(articles.count(a, {}));

  it('takes no connection before it is read, and gives it back when the loop is left', async () => {
    const unread = stream();
    await connectionIsBack();
    for await (const partition of unread) {
      expect(partition).toHaveLength(36);
      break;
    }
    await connectionIsBack();
    const failing = (async () => {
      for await (const partition of stream({ partitionSize: 5 })) throw new Error(`after ${partition.length}`);
    })();
    await expect(failing).rejects.toThrow('after 5');
    await connectionIsBack();
    expect(test.database.poolFigures()).toMatchObject({ total: 1, idle: 1 });
  });

  it('ends with its signal, even while nobody asks for more', async () => {
    const controller = new AbortController();
    const spec = articles.stream(a, { partitionSize: 5 });
    const reading = test.database.stream(spec, { signal: controller.signal })[Symbol.asyncIterator]();
    expect((await reading.next()).value).toHaveLength(5);
    controller.abort(new Error('nobody listens'));
    await connectionIsBack();
    await expect(reading.next()).rejects.toThrow('nobody listens');
    await expect(readStream(test.database.stream(spec, { signal: controller.signal }))).rejects.toThrow('nobody');
    await connectionIsBack();
  });

  it('ends with its deadline', async () => {
    const spec = articles.stream(a, { partitionSize: 5 });
    const reading = test.database.stream(spec, { deadlineMs: 2_000 })[Symbol.asyncIterator]();
    expect((await reading.next()).value).toHaveLength(5);
    await connectionIsBack();
    await expect(reading.next()).rejects.toMatchObject({
      name: 'DeadlineExceeded',
    });
  });

  it('closes its cursor when the loop is left', async () => {
    await test.database.beginReadonlySession(async (dbSession) => {
      for await (const _ of dbSession.stream(articles.stream(a, { partitionSize: 5 }))) break;
      await (async () => {
        for await (const _ of dbSession.stream(articles.stream(a, { partitionSize: 5 }))) throw new Error('left');
      })().catch(() => {});
      await readStream(dbSession.stream(articles.stream(a, { maxRows: 3 }))).catch(() => {});
      expect(await openCursors(dbSession)).toBe(0);
    });
  });

  it('ends with its dbSession', async () => {
    let left: AsyncGenerator<readonly Article[]> | null = null;
    await test.database.beginReadonlySession(async (dbSession) => {
      left = dbSession.stream(articles.stream(a, { partitionSize: 5 }))[Symbol.asyncIterator]();
      await left.next();
    });
    await connectionIsBack();
    await expect(left!.next()).rejects.toMatchObject({ name: 'Misuse' });
  });

  it('comes with the signal of its dbSession', async () => {
    const controller = new AbortController();
    let partitions = 0;
    const session = test.database.beginReadonlySession(
      async (dbSession) => {
        for await (const _ of dbSession.stream(articles.stream(a, { partitionSize: 5 }))) {
          partitions++;
          controller.abort(new Error('nobody listens'));
        }
      },
      { signal: controller.signal },
    );
    await expect(session).rejects.toThrow('nobody listens');
    expect(partitions).toBe(1);
    await connectionIsBack();
  });

  it('is not begun where its scope asks for what is not there', async () => {
    const missing = searchScope<ArticleRow>({
      name: 'tenant',
      equals: { tenant: 'a' },
      existenceChecks: [
        existenceCheck<ArticleRow>(ArticleRow, { title: { eq: 'no' } }, () => new EntityNotFound('article', 'no')),
      ],
    });
    await test.database.beginReadonlySession(async (dbSession) => {
      await expect(readStream(dbSession.stream(articles.stream(missing)))).rejects.toThrow('no');
      expect(await openCursors(dbSession)).toBe(0);
    });
  });

  it('takes a time limit for each partition, which the next user of the connection does not see', async () => {
    const [before] = await test.dataSource.query<{ statement_timeout: string }[]>('SHOW statement_timeout');
    const during: unknown[] = [];
    const spec = articles.stream(a, { partitionSize: 20 });
    for await (const _ of test.database.stream(spec, {
      statementTimeoutMs: 7_000,
    }))
      break;
    await test.database.beginSession(
      async (dbSession) => void during.push(await dbSession.sql`SHOW statement_timeout`),
      { statementTimeoutMs: 7_000 },
    );
    expect(during).toEqual([[{ statement_timeout: '7s' }]]);
    expect(await test.dataSource.query('SHOW statement_timeout')).toEqual([before]);
    expect(before).not.toEqual({ statement_timeout: '7s' });
    const slow = test.database.beginReadonlySession((dbSession) => dbSession.sql`SELECT pg_sleep(60)`, {
      statementTimeoutMs: 20,
    });
    await expect(slow).rejects.toMatchObject({ name: 'StatementCanceled' });
    expect(() => test.database.stream(spec, { statementTimeoutMs: 0 })).not.toThrow();
    await expect(readStream(test.database.stream(spec, { statementTimeoutMs: 0 }))).rejects.toMatchObject({
      name: 'Misuse',
    });
  });

  it('belongs to a dbSession within one, and is refused beside it', async () => {
    const beside = test.database.beginReadonlySession(() => readStream(stream()));
    await expect(beside).rejects.toMatchObject({ name: 'Misuse' });
  });

  /** Numbers from 1 to 9 in streams of 3, whose reading collides once at one of them. */
  const colliding = (at: number): ReadSpec<readonly number[]> =>
    readSpec('colliding', (catalog) => {
      const mapping = catalog.mappingOf(ArticleRow);
      const columns = [{ ...mapping.column('rank'), property: 'n' }];
      return {
        statement: mapping.returning(`SELECT collide_once(${at}, n) FROM generate_series(1, 9) n`, {
          columns,
          extra: [],
          keys: [],
          leads: 0,
        }),
        values: [],
        finish: ({ rows }) => (rows as readonly { readonly n: number }[]).map(({ n }) => n),
      };
    });
  const readingCollision = async (at: number): Promise<readonly unknown[]> => {
    const seen: unknown[] = [];
    try {
      const spec = streamSpec(colliding(at), { partitionSize: 3 });
      for await (const partition of test.database.stream(spec)) seen.push(...partition);
    } catch (error) {
      seen.push((error as Error).name);
    }
    await test.dataSource.query('SELECT pg_advisory_unlock_all()');
    return seen;
  };

  it('comes with an error after the first partition, so that nothing is handed out twice', async () => {
    expect(await readingCollision(5)).toEqual([1, 2, 3, 'SerializationFailure']);
    await connectionIsBack();
  });

  it('does not come with an error that can be made good before it', async () => {
    expect(await readingCollision(2)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('comes with the connection', async () => {
    const reading = stream({ partitionSize: 5 })[Symbol.asyncIterator]();
    const [first] = (await reading.next()).value as readonly Article[];
    expect(first!.title).toBe('title 1');
    const others = await manyArticles(0, guardedPool({ max: 1 }));
    await others.dataSource.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [
      new URL(test.url).pathname.slice(1),
    ]);
    await others.close();
    await expect(reading.next()).rejects.toMatchObject({
      name: expect.stringMatching(/Connection|DatabaseUnavailable/),
    });
    expect(await readStream(stream({ maxRows: 36 }))).toHaveLength(1);
  });
});
