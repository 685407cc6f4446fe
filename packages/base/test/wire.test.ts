import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { batchQuerier, unscoped } from '@holdfast/querier';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { Database, DatabaseError, guardedPool, readSpec, type WriteOptions, writeSpec } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { beginConnectionsWith } from './fixture/begin-connections-with.js';
import { Statement } from '../src/wire/statement.js';
import { choppingProxy } from './fixture/chopping-proxy.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const all = unscoped('a test of the wire');

describe('the wire', () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], guardedPool({ max: 1 }))));
  afterAll(() => test.close());

  it.each([1, 7, 4000])('reads the same answers in pieces of up to %i bytes', async (mostBytes) => {
    const proxy = await choppingProxy(test.url, mostBytes);
    const dataSource = new DataSource({ type: 'postgres', url: proxy.url, entities: [ArticleRow], ...guardedPool() });
    const database = new Database(await dataSource.initialize());
    const specs = Array.from({ length: 20 }, (_, i) =>
      article({ title: `☃ ${'ü'.repeat(i)} ${mostBytes}`, facts: { text: 'x'.repeat(i * 100) } }),
    );

    const created = await database.execute(articles.bulkCreate(a, specs));
    const page = await database.execute(
      articles.search(
        a,
        batchQuerier({
          pagination: { limit: 20, offset: 0 },
          conditions: [{ id: { in: created.map(({ id }) => id) } }],
        }),
      ),
    );

    expect(page.items).toEqual([...created].sort((one, other) => (one.id < other.id ? -1 : 1)));
    await dataSource.destroy();
    proxy.close();
  });

  it('carries rows and values of megabytes', async () => {
    const facts = { text: '☃'.repeat(1_000_000) };

    const { id } = await test.database.execute(articles.create(a, article({ facts })));

    expect(await test.database.execute(articles.get(a, id))).toMatchObject({ facts });
  });

  it('lets notices and notifications pass in the middle of an answer', async () => {
    await test.dataSource.query(`
      CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE NOTICE 'look'; PERFORM pg_notify('looks', 'here'); RETURN NEW; END $$;
      CREATE TRIGGER loud BEFORE INSERT ON articles FOR EACH ROW EXECUTE FUNCTION loud();
      LISTEN looks`);

    const created = await test.database.execute(articles.create(a, article({ title: 'loud' })));

    expect(created).toMatchObject({ title: 'loud' });
    await test.dataSource.query('DROP TRIGGER loud ON articles; DROP FUNCTION loud');
  });

  it('does not take a statement for prepared that failed to be', async () => {
    await test.dataSource.query('ALTER TABLE articles RENAME TO elsewhere');
    const count = articles.count(a, { title: { eq: 'never asked before' } });
    await expect(test.database.execute(count)).rejects.toBeInstanceOf(DatabaseError);

    await test.dataSource.query('ALTER TABLE elsewhere RENAME TO articles');

    expect(await test.database.execute(count)).toBe(0);
  });

  it('keeps a bounded number of statements prepared on a connection', async () => {
    for (let limit = 1; limit <= 300; limit++) {
      const nothing = batchQuerier<ArticleRow>({ conditions: [{ or: [] }], pagination: { limit, offset: 0 } });
      await test.database.execute(articles.search(all, nothing));
    }

    const prepared: unknown[] = await test.dataSource.query('SELECT 1 FROM pg_prepared_statements');

    expect(prepared.length).toBeLessThanOrEqual(251);
    expect(prepared.length).toBeGreaterThan(200);
    await test.database.execute(articles.search(all, batchQuerier({ pagination: { limit: 1, offset: 0 } })));
  });

  it('shares its connection with queries of pg and TypeORM', async () => {
    const pool = (test.dataSource.driver as unknown as { master: pg.Pool }).master;
    const spec = articles.count(all, {});

    const [count, { rows }, found] = await Promise.all([
      test.database.execute(spec),
      pool.query('SELECT count(*)::int AS n FROM articles'),
      test.dataSource.getRepository(ArticleRow).count(),
      test.database.execute(spec),
    ]);

    expect(rows).toEqual([{ n: count }]);
    expect(found).toBe(count);
  });

  it('reads times in any zone, and refuses what no Date can hold', async () => {
    const { id } = await test.database.execute(
      articles.create(a, article({ createdAt: new Date('1969-07-20T20:17:40.123Z') })),
    );
    for (const zone of ['Asia/Kathmandu', 'America/St_Johns', 'Europe/Dublin', 'UTC']) {
      await beginConnectionsWith(test.dataSource, `SET TIME ZONE '${zone}'`);
      const { createdAt } = await test.database.execute(articles.get(a, id));
      expect(createdAt).toEqual(new Date('1969-07-20T20:17:40.123Z'));
    }

    await test.dataSource.query(`UPDATE articles SET created_at = 'infinity' WHERE id = '${id}'`);

    await expect(test.database.execute(articles.get(a, id))).rejects.toThrow('no Date can hold');
    expect(await test.database.execute(articles.count(a, { id: { eq: id } }))).toBe(1);
  });
});

describe('an answer that is out of the ordinary', () => {
  let test: TestDatabase;
  let id: string;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
    ({ id } = await test.database.execute(articles.create(a, article())));
  });
  afterAll(() => test.close());
  const get = (): Promise<ArticleRow> => test.database.execute(articles.get(a, id));

  it('does not change how the next one is read: the year 1 and the year 2024', async () => {
    const at = async (time: string): Promise<string> => {
      await test.dataSource.query(`UPDATE articles SET created_at = '${time}' WHERE id = '${id}'`);
      return (await get()).createdAt.toISOString();
    };

    expect(await at('2024-05-05 10:00+00')).toBe('2024-05-05T10:00:00.000000Z');
    expect(await at('0001-01-01 00:00+00')).toBe('0001-01-01T00:00:00.000000Z');
    expect(await at('2024-05-05 10:00+00')).toBe('2024-05-05T10:00:00.000000Z');
  });

  it('is prepared anew where the tables were changed, or the server has forgotten', async () => {
    await get();
    await test.dataSource.query('ALTER TABLE articles ALTER COLUMN title TYPE text');
    expect(await get()).toMatchObject({ id });

    await test.dataSource.query('DEALLOCATE ALL');
    expect(await get()).toMatchObject({ id });
    await test.dataSource.query('DEALLOCATE ALL');
    expect(await test.database.execute(articles.update(a, id, { changes: { rank: 1 } }))).toMatchObject({ rank: 1 });
  });

  it('within a transaction is worth another try where the tables were changed', async () => {
    await get();
    await test.dataSource.query('ALTER TABLE articles ALTER COLUMN title TYPE varchar');

    const running = test.database.beginReadonlySession((dbSession) => dbSession.execute(articles.get(a, id)), {
      maxAttempts: 1,
    });

    await expect(running).rejects.toMatchObject({ name: 'StalePlan', retryable: true, outcome: 'not-committed' });
    expect(await get()).toMatchObject({ id });
  });

  it('is no reason to write twice when the tables themselves refuse a feature', async () => {
    await test.dataSource.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE feature_not_supported; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON articles FOR EACH ROW EXECUTE FUNCTION refuse()`);

    const refused = test.database.execute(articles.create(a, article({ title: 'new', rank: 1, mood: 'sad' })));

    await expect(refused).rejects.toMatchObject({ name: 'DatabaseError', retryable: false });
    await test.dataSource.query('DROP TRIGGER refuse ON articles; DROP FUNCTION refuse');
  });

  it('is no answer when somebody before us prepared a statement of our name', async () => {
    const ours = new Statement('SELECT 1 AS ours', null);
    await test.dataSource.query(`PREPARE "${ours.name}" AS SELECT 2`);
    const spec = readSpec('ours', () => ({ statement: ours, values: [], finish: () => 'done' }));

    expect(await test.database.execute(spec)).toBe('done');
    expect(await test.database.execute(spec)).toBe('done');
  });

  // What has a COMMIT of its own is not committed before its answer is understood.
  describe.each([
    ['', {}, 'not-committed', 0],
    [' in one trip', { commit: 'one-trip' }, 'committed', 1],
  ] as const)('to a write%s', (_, options, outcome, stored) => {
    const ranked = (rank: number): Promise<number> => test.database.execute(articles.count(a, { rank: { eq: rank } }));

    it(`says that it is ${outcome} when no data can be made of it`, async () => {
      const broken = writeSpec('broken', (catalog) => ({
        statement: catalog.mappingOf(ArticleRow).returningNothing('UPDATE articles SET rank = 55 WHERE id = $1'),
        values: [id],
        finish: () => {
          throw new TypeError('of the domain');
        },
      }));

      await expect(test.database.execute(broken, options)).rejects.toMatchObject({
        name: 'UnreadableAnswer',
        outcome,
        retryable: false,
      });
      expect(await ranked(55)).toBe(stored);
    });

    it(`says that it is ${outcome} when its row cannot be read`, async () => {
      await test.dataSource.query(`UPDATE articles SET created_at = 'infinity' WHERE id = '${id}'`);

      const written = test.database.execute(articles.update(a, id, { changes: { rank: 77 } }), options);

      await expect(written).rejects.toMatchObject({ name: 'UnreadableAnswer', outcome, retryable: false });
      expect(await ranked(77)).toBe(stored);
      await test.dataSource.query('UPDATE articles SET created_at = now()');
    });
  });

  it('has bytes in either format of the server', async () => {
    await test.dataSource.query(`UPDATE articles SET bytes = 'hello'`);
    await beginConnectionsWith(test.dataSource, 'SET bytea_output = escape');

    expect((await get()).bytes).toEqual(new TextEncoder().encode('hello'));

    await beginConnectionsWith(test.dataSource);
    expect((await get()).bytes).toEqual(new TextEncoder().encode('hello'));
  });

  it('leaves the connection good when it is a refusal in another language', async () => {
    // The severity is a translated text; that the server goes on shows in what it sends next.
    const before = test.database.poolFigures().total;

    await expect(test.database.execute(articles.create(a, article({ id })))).rejects.toMatchObject({ httpStatus: 409 });

    const pid = (): Promise<unknown> => test.dataSource.query('SELECT pg_backend_pid()');
    expect(await pid()).toEqual(await pid());
    expect(test.database.poolFigures().total).toBe(before);
  });

  it('does not end the process when there is something in our own way', async () => {
    const conditions = Array.from({ length: 300 }, () => ({
      or: Array.from({ length: 240 }, (_, i) => ({ rank: { eq: i } })),
    }));
    const tooMany = articles.search(a, batchQuerier({ conditions, pagination: { limit: 1, offset: 0 } }));
    const wrong = writeSpec('wrong', (catalog) => ({
      statement: catalog.mappingOf(ArticleRow).returningNothing('SELECT $1::int'),
      values: [1 as never],
      finish: () => null,
    }));
    const failing = writeSpec('failing', (catalog) => ({
      statement: catalog.mappingOf(ArticleRow).returningNothing('SELECT 1 / 0'),
      values: [],
      finish: () => null,
      failure: () => {
        throw new Error('of the domain');
      },
    }));

    await expect(test.database.execute(tooMany)).rejects.toMatchObject({ reason: 'LIMIT_EXCEEDED' });
    await expect(test.database.execute(wrong)).rejects.toThrow();
    await expect(test.database.execute(failing)).rejects.toThrow('of the domain');
    expect(await get()).toMatchObject({ id });
  });
});

it('a statement that pg gives up on is given up, and its connection with it', async () => {
  const test = await testDatabase([ArticleRow], {
    ...guardedPool({ max: 1, query_timeout: 1_000 }),
    poolErrorHandler: () => {},
  });
  const slow = (kind: typeof readSpec | typeof writeSpec, options: WriteOptions = {}): Promise<unknown> =>
    test.database.execute(
      kind('slow', (catalog) => ({
        statement: catalog.mappingOf(ArticleRow).returningNothing('SELECT pg_sleep(5)'),
        values: [],
        finish: () => null,
      })) as never,
      options,
    );

  await expect(slow(readSpec)).rejects.toMatchObject({ name: 'ConnectionLost', outcome: 'not-committed' });
  await expect(slow(writeSpec)).rejects.toMatchObject({ name: 'ConnectionLost', outcome: 'not-committed' });
  await expect(slow(writeSpec, { commit: 'one-trip' })).rejects.toMatchObject({
    name: 'AmbiguousCommitError',
    outcome: 'unknown',
  });

  expect(await test.database.execute(articles.count(a, {}))).toBe(0);
  await test.close();
});

it('a pool that is not guarded says once what is lost', async () => {
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const test = await testDatabase([], { extra: { max: 2 } });

  await Promise.all([test.database.ping(), test.database.ping(), test.database.ping()]);

  expect(warnings.mock.calls).toEqual([[expect.stringContaining('guardedPool()'), { code: 'HOLDFAST_STOCK_POOL' }]]);
  warnings.mockRestore();
  await test.close();
});
