import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, guardedPool, SerializationFailure } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { SteppingClock } from './fixture/stepping-clock.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const [one, two] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'] as const;

describe('a single statement that collides', () => {
  let test: TestDatabase;
  let strict: Database;
  let attempts = 0;

  beforeAll(async () => {
    // As a server may be set, so that even one statement is serializable.
    test = await testDatabase([ArticleRow], guardedPool({ max: 4 }));
    const name = new URL(test.url).pathname.slice(1);
    await test.dataSource.query(`ALTER DATABASE ${name} SET default_transaction_isolation TO 'serializable'`);
    // A statement looks for a deadlock but once, so long after it has begun to wait: by then there has to be one.
    await test.dataSource.query(`ALTER DATABASE ${name} SET deadlock_timeout TO '4s'`);
    // What a statement waits for, and how often one was made.
    await test.dataSource.query('CREATE SEQUENCE attempts');
    await test.dataSource.query(`
      CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF current_setting('test.other', true) = 'on' THEN RETURN NULL; END IF;
        PERFORM nextval('attempts');
        PERFORM pg_advisory_xact_lock_shared(1);
        RETURN NULL;
      END $$`);
    await test.dataSource.query('CREATE TRIGGER meet BEFORE UPDATE ON articles EXECUTE FUNCTION meet()');
    await test.dataSource.destroy();
    await test.dataSource.initialize();
    strict = test.database;
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('TRUNCATE articles');
    await test.dataSource.query('ALTER SEQUENCE attempts RESTART');
    attempts = 0;
    await strict.execute(articles.create(a, article({ id: one })));
  });

  /** Lets an update begin, changes its row under it, and lets it go on. */
  async function collide(update: () => Promise<unknown>): Promise<unknown> {
    const admin = test.dataSource.createQueryRunner();
    await admin.query('SELECT pg_advisory_lock(1)');
    const running = update().catch((error: unknown) => error);
    await until(async () => (await waiting(test)) > 0);
    await admin.query(`BEGIN; SET LOCAL test.other = 'on'; UPDATE articles SET rank = 5; COMMIT`);
    await admin.query('SELECT pg_advisory_unlock(1)');
    await admin.release();
    const result = await running;
    const [{ made }] = (await test.dataSource.query('SELECT last_value::int AS made FROM attempts')) as [
      { made: number },
    ];
    attempts = made;
    return result;
  }

  it('is made again', async () => {
    const title = articles.update(a, one, { changes: { title: 'made again' } });

    expect(await collide(() => strict.execute(title))).toMatchObject({ title: 'made again', rank: 5 });
    expect(attempts).toBe(2);
  });

  it('is made as often as the Database says, before its deadline', async () => {
    const title = articles.update(a, one, { changes: { title: 'not made again' } });
    const clock = new SteppingClock();
    const onlyOnce = new Database(test.dataSource, { maxAttempts: 1 });
    // Its delays take a minute: a deadline that a busy machine could reach would end the statement itself.
    const slow = new Database(test.dataSource, { clock, random: () => 3_000 });

    expect(await collide(() => onlyOnce.execute(title))).toBeInstanceOf(SerializationFailure);
    expect(await collide(() => slow.execute(title, { deadlineMs: 60_000 }))).toBeInstanceOf(SerializationFailure);
    expect(attempts).toBe(2);
    expect(clock.slept).toEqual([]);
  });

  it('is made again after a deadlock', async () => {
    await strict.execute(articles.create(a, article({ id: two })));
    const holder = test.dataSource.createQueryRunner();
    await holder.query(`BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL deadlock_timeout = '1min'`);
    await holder.query('UPDATE articles SET rank = 7 WHERE id = $1', [two]);

    // The statement has the first row, waits for the second, and finds the deadlock first.
    await test.dataSource.query('UPDATE articles SET rank = 0 WHERE id = $1', [one]);
    const batch = strict.execute(articles.batchUpdate(a, [one, two], { changes: { rank: 1 } }));
    await until(async () => (await waiting(test)) === 1);
    const closing = holder.query('UPDATE articles SET rank = 7 WHERE id = $1', [one]);
    await closing;
    await holder.query('COMMIT');
    await holder.release();

    expect(await batch).toEqual({ count: 2 });
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

/** How many wait for a lock. */
async function waiting({ dataSource }: TestDatabase): Promise<number> {
  const [{ count }] = (await dataSource.query(
    `SELECT count(*)::int FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  )) as [{ count: number }];
  return count;
}
