import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type CommitResolved, observeOperations } from '@holdfast/operation';
import { DataSource } from 'typeorm';
import { Database, guardedPool, newId } from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { type CuttingProxy, cuttingProxy } from '../fixture/commit/cutting-proxy.js';
import { gate } from '../fixture/gate.js';
import { type PgBouncer, pgBouncerIsFound, startPgBouncer } from '../fixture/pgbouncer.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

if (!pgBouncerIsFound) process.stderr.write('Left out: lost commits through PgBouncer, which is not installed.\n');
const describeThroughPgBouncer = pgBouncerIsFound ? describe : describe.skip;

const a = tenant('a');
type Verdict = CommitResolved['verdict'];

describeThroughPgBouncer.each([[1], [2]])('A lost COMMIT through PgBouncer with a pool of %i', (poolSize) => {
  let test: TestDatabase;
  let pooler: PgBouncer;
  let proxy: CuttingProxy;
  let dataSource: DataSource;
  let database: Database;
  let other: Database;
  const verdicts: Verdict[] = [];
  const stop = observeOperations((event) => {
    if (event.kind === 'commit-resolved' && event.source === database) verdicts.push(event.verdict);
  });

  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
    await test.dataSource.query(`
      CREATE TABLE effects (id uuid, what text);
      CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO effects VALUES (NEW.id, TG_OP); RETURN NULL; END $$;
      CREATE TRIGGER kept AFTER INSERT OR UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION keep()`);
    pooler = await startPgBouncer(test.url, poolSize);
    proxy = await cuttingProxy(pooler.url);
    const options = { type: 'postgres' as const, url: proxy.url, entities: [ArticleRow], ...guardedPool({ max: 2 }) };
    dataSource = await new DataSource(options).initialize();
    database = new Database(dataSource, { preparedStatements: false });
    other = new Database(dataSource, { preparedStatements: false });
  });
  afterEach(() => void verdicts.splice(0));
  afterAll(async () => {
    stop();
    await database.close();
    await other.close();
    proxy.close();
    await dataSource.destroy();
    await pooler.close();
    await test.close();
  });

  const effects = async (id: string): Promise<readonly string[]> => {
    const rows = await test.dataSource.query<{ what: string }[]>('SELECT what FROM effects WHERE id = $1', [id]);
    return rows.map(({ what }) => what);
  };
  const losses: readonly (readonly ['before' | 'after', Verdict])[] = [
    ['after', 'committed'],
    ['before', 'not-committed'],
  ];

  it('is on another process than the one that the client was told of', async () => {
    const [row] = await database.beginSession(
      (dbSession) => dbSession.sql<{ process: number }>`SELECT pg_backend_pid() AS process`,
    );
    const runner = dataSource.createQueryRunner();
    const { processID } = (await runner.connect()) as { readonly processID: number };
    await runner.release();
    expect(processID).not.toBe(row!.process);
  });

  it.each(losses)('is resolved: cut %s it, %s', async (when, verdict) => {
    const id = newId();
    const landing = proxy.cut(when);

    const made = await database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, article({ id })));
      return dbSession.execute(articles.update(a, id, { changes: { rank: 3 } }));
    });

    await landing;
    expect(made).toMatchObject({ id, rank: 3 });
    expect(await effects(id)).toEqual(['INSERT', 'UPDATE']);
    expect(verdicts).toEqual([verdict]);
  });

  it.each(losses)('of one statement is resolved: cut %s it, %s', async (when, verdict) => {
    const id = newId();
    const landing = proxy.cut(when);

    await database.execute(articles.create(a, article({ id })));

    await landing;
    expect(await effects(id)).toEqual(['INSERT']);
    expect(verdicts).toEqual([verdict]);
  });

  it.each(losses)('of a creation whose key is made here is made up for: cut %s it, %s', async (when, verdict) => {
    const landing = proxy.cut(when, 'INSERT INTO');

    const { id } = await database.execute(articles.create(a, { values: { title: newId() } }));

    await landing;
    expect(await effects(id)).toEqual(['INSERT']);
    expect(verdicts).toEqual([verdict]);
  });

  it('waits for the pooler where that is killed with it', async () => {
    const id = newId();
    const landing = proxy.cut('before');
    const running = database.beginSession((dbSession) => dbSession.execute(articles.create(a, article({ id }))));
    await landing;
    await pooler.close();

    pooler = await startPgBouncer(test.url, poolSize);
    proxy.leadTo(pooler.url);

    await running;
    expect(await effects(id)).toEqual(['INSERT']);
    expect(verdicts).toEqual(['not-committed']);
  });

  if (poolSize > 1) {
    it.each(losses)('is resolved on whichever process it is: cut %s it, %s', async (when, verdict) => {
      const [id, first, second] = [newId(), gate(), gate()];
      // The process that the client was on when it was asked is somebody else's now.
      await database.beginSession((dbSession) => dbSession.sql`SELECT 1`);
      const holding = other.beginSession(async (dbSession) => {
        await dbSession.sql`SELECT 1`;
        first.open();
        await second.passed;
      });
      await first.passed;
      const landing = proxy.cut(when);

      const running = database.beginSession((dbSession) => dbSession.execute(articles.create(a, article({ id }))));
      await landing;
      second.open();
      await Promise.all([running, holding]);

      expect(await effects(id)).toEqual(['INSERT']);
      expect(verdicts).toEqual([verdict]);
    });
  }
});
