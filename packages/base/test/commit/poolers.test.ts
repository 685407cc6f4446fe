import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type CommitResolved, observeOperations } from '@holdfast/operation';
import { DataSource } from 'typeorm';
import { Database, type DbWriteSession, guardedPool, newId } from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { type CuttingProxy, cuttingProxy } from '../fixture/commit/cutting-proxy.js';
import { gate } from '../fixture/gate.js';
import { type PgBouncer, pgBouncerIsFound, startPgBouncer } from '../fixture/pgbouncer.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

if (!pgBouncerIsFound) process.stderr.write('Left out: lost commits through PgBouncer, which is not installed.\n');
const describeThroughPgBouncer = pgBouncerIsFound ? describe : describe.skip;

const a = tenant('a');
const client = { type: 'postgres' as const, entities: [ArticleRow], ...guardedPool({ max: 1 }) };
type Verdict = CommitResolved['verdict'];

describeThroughPgBouncer.each([[1], [2]])('A lost COMMIT through PgBouncer with a pool of %i', (poolSize) => {
  let test: TestDatabase;
  let pooler: PgBouncer;
  let proxy: CuttingProxy;
  let dataSource: DataSource;
  let database: Database;
  const verdicts: Verdict[] = [];
  let stop: () => void;

  beforeAll(async () => {
    // Not in the suite's own body, which runs where no test of it does: nothing would end it there.
    stop = observeOperations((event) => {
      if (event.kind === 'commit-resolved' && event.source === database) verdicts.push(event.verdict);
    });
    test = await testDatabase([ArticleRow]);
    await test.dataSource.query(`
      CREATE TABLE effects (id uuid, what text);
      CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO effects VALUES (NEW.id, TG_OP); RETURN NULL; END $$;
      CREATE TRIGGER kept AFTER INSERT OR UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION keep()`);
    pooler = await startPgBouncer(test.url, poolSize);
    proxy = await cuttingProxy(pooler.url);
    dataSource = await new DataSource({ ...client, url: proxy.url }).initialize();
    database = new Database(dataSource, { preparedStatements: false });
  });
  afterEach(() => void verdicts.splice(0));
  afterAll(async () => {
    stop();
    await database.close();
    await dataSource.destroy();
    proxy.close();
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
    const prepared = await database.beginReadonlySession(
      (dbSession) => dbSession.sql`SELECT name FROM pg_prepared_statements WHERE name <> ''`,
    );
    expect(prepared).toEqual([]);
  });

  it('waits for the pooler where that is killed with it', async () => {
    const id = newId();
    const landing = proxy.hold(() => pooler.close());
    const running = database.beginSession((dbSession) => dbSession.execute(articles.create(a, article({ id }))));
    await landing;

    pooler = await startPgBouncer(test.url, poolSize);
    proxy.leadTo(pooler.url);

    await running;
    expect(await effects(id)).toEqual(['INSERT']);
    expect(verdicts).toEqual(['not-committed']);
  });

  if (poolSize > 1) {
    it.each(losses)('is resolved on whichever process it is: cut %s it, %s', async (when, verdict) => {
      const [id, isHeld, letGo] = [newId(), gate(), gate()];
      const processes: number[] = [];
      const noteProcess = async (dbSession: DbWriteSession): Promise<void> => {
        const [row] = await dbSession.sql<{ process: number }>`SELECT pg_backend_pid() AS process`;
        processes.push(row!.process);
      };
      // It is asked what its connection leads to, and somebody else takes that process.
      await database.beginSession(noteProcess);
      const others = await new DataSource({ ...client, url: pooler.url }).initialize();
      const other = new Database(others, { preparedStatements: false });
      const holding = other.beginSession(async (dbSession) => {
        await dbSession.sql`SELECT 1`;
        isHeld.open();
        await letGo.passed;
      });
      await isHeld.passed;
      const landing = proxy.cut(when);

      const running = database.beginSession(async (dbSession) => {
        await noteProcess(dbSession);
        await dbSession.execute(articles.create(a, article({ id })));
      });
      await landing;
      letGo.open();
      await Promise.all([running, holding]);
      await others.destroy();

      expect(processes[1]).not.toBe(processes[0]);
      expect(await effects(id)).toEqual(['INSERT']);
      expect(verdicts).toEqual([verdict]);
    });
  }
});
