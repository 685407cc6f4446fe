import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  AdvisoryLockLost,
  AdvisoryLockNotAvailable,
  Database,
  guardedPool,
  rowScope,
  UniqueViolation,
} from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant as articlesOf } from './fixture/articles.js';
import {
  document,
  DocumentRow,
  documents,
  documentSecurity,
  NoteRow,
  tenant as documentsOf,
} from './fixture/documents.js';
import { gate } from './fixture/gate.js';
import { guardedDatabase, type GuardedDatabase } from './fixture/guarded-database.js';
import { migration } from './fixture/migration.js';
import { type PgBouncer, pgBouncerIsFound, startPgBouncer } from './fixture/pgbouncer.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

if (!pgBouncerIsFound) {
  process.stderr.write('Left out: the tests through PgBouncer, which is not installed.\n');
}
const describeThroughPgBouncer = pgBouncerIsFound ? describe : describe.skip;

const clients: DataSource[] = [];

/** An application of its own behind the pooler. */
async function client(pooler: PgBouncer): Promise<Database> {
  const entities = [ArticleRow, DocumentRow, NoteRow];
  const options = { type: 'postgres', url: pooler.url, entities, ...guardedPool({ max: 3 }) } as const;
  const dataSource = await new DataSource(options).initialize();
  clients.push(dataSource);
  return new Database(dataSource, { preparedStatements: false });
}

const severalClients = (pooler: PgBouncer): Promise<Database[]> =>
  Promise.all(Array.from({ length: 3 }, () => client(pooler)));

afterEach(async () => {
  await Promise.all(clients.splice(0).map((each) => each.destroy().catch(() => {})));
});

describeThroughPgBouncer.each([[1], [2]])('through PgBouncer with a pool of %i in transaction mode', (poolSize) => {
  const a = articlesOf('a');
  let test: TestDatabase;
  let pooler: PgBouncer;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
    pooler = await startPgBouncer(test.url, poolSize);
  });
  afterAll(async () => {
    await pooler.close();
    await test.close();
  });

  it('operations of several clients, in one trip and in transactions, do not get in each others way', async () => {
    const databases = await severalClients(pooler);

    await Promise.all(
      databases.map(async (database) => {
        for (let i = 0; i < 10; i++) {
          const { id } = await database.execute(articles.create(a, article({ rank: i })));
          await database.beginSession(async (dbSession) => {
            await dbSession.execute(articles.update(a, id, { changes: { rank: i + 1 } }));
            await dbSession.manager.update(ArticleRow, { id }, { isPinned: true });
          });
          expect(await database.execute(articles.get(a, id))).toMatchObject({ rank: i + 1, isPinned: true });
        }
      }),
    );
  });

  it('a failed savepoint and a failed transaction are undone, and nothing of them stays on the connection', async () => {
    const [database, other] = await severalClients(pooler);
    const kept = article();

    await database!.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, kept));
      const twice = dbSession.savepoint((inner) => inner.execute(articles.create(a, kept)));
      await expect(twice).rejects.toThrow();
      await dbSession.execute(articles.update(a, kept.values.id!, { changes: { rank: 7 } }));
    });
    const failing = database!.beginSession(async (dbSession) => {
      await dbSession.execute(articles.update(a, kept.values.id!, { changes: { rank: 8 } }));
      await dbSession.sql`INSERT INTO articles SELECT * FROM articles`;
    });

    await expect(failing).rejects.toBeInstanceOf(UniqueViolation);
    expect(await other!.execute(articles.get(a, kept.values.id!))).toMatchObject({ rank: 7 });
  });

  it('settings of a transaction do not reach the next one, whoever it belongs to', async () => {
    const [database, other] = await severalClients(pooler);

    for (let i = 0; i <= poolSize; i++) {
      await database!.beginSession((dbSession) => dbSession.sql`SELECT 1`, {
        lockTimeoutMs: 1234,
        isolation: 'serializable',
      });
      const [row] = await other!.beginReadonlySession(
        (dbSession) => dbSession.sql<{ lock: string; isolation: string }>`
          SELECT current_setting('lock_timeout') AS lock, current_setting('transaction_isolation') AS isolation`,
      );
      expect(row).toEqual({ lock: '0', isolation: 'read committed' });
    }
  });

  it('the works of an advisory lock run one at a time, and leave no lock behind', async () => {
    const databases = await severalClients(pooler);
    let running = 0;
    const seen: number[] = [];

    await Promise.all(
      databases.map((database) =>
        database.withAdvisoryLock('job', async () => {
          seen.push(++running);
          await test.database.ping();
          running--;
        }),
      ),
    );

    expect(seen).toEqual([1, 1, 1]);
    expect(
      await test.dataSource.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      ),
    ).toEqual([]);
  });

  it('the lock of a dbSession excludes other clients until its transaction ends', async () => {
    const databases = await severalClients(pooler);
    let running = 0;
    const seen: number[] = [];

    await Promise.all(
      databases.map((database) =>
        database.beginSession(async (dbSession) => {
          await dbSession.lock('job');
          seen.push(++running);
          await dbSession.sql`SELECT 1`;
          running--;
        }),
      ),
    );

    expect(seen).toEqual([1, 1, 1]);
  });

  it('an advisory lock is lost with the pooler, and its work is told', async () => {
    const dying = await startPgBouncer(test.url, poolSize);
    const database = await client(dying);

    const working = database.withAdvisoryLock('job', async (signal) => {
      await dying.close();
      await new Promise((resolve) => (signal.aborted ? resolve(null) : signal.addEventListener('abort', resolve)));
    });

    await expect(working).rejects.toBeInstanceOf(AdvisoryLockLost);
    expect(await (await client(pooler)).withAdvisoryLock('job', () => Promise.resolve('mine'))).toBe('mine');
  });

  it('one of several clients migrates, and goes back', async () => {
    const databases = await severalClients(pooler);
    const list = [
      migration('First1700000000001', { up: 'CREATE TABLE firsts (id int)', down: 'DROP TABLE firsts' }),
      migration('Second1700000000002', { up: 'CREATE TABLE seconds (id int)', down: 'DROP TABLE seconds' }),
    ];

    const applied = await Promise.all(databases.map((database) => database.migrate(list)));
    expect(applied.flat()).toEqual(['First1700000000001', 'Second1700000000002']);

    const undone = await Promise.all(databases.map((database) => database.revertMigrations(list, { to: null })));
    expect(undone.flat()).toEqual(['Second1700000000002', 'First1700000000001']);
  });
});

describeThroughPgBouncer('through PgBouncer with a pool of 2 in transaction mode', () => {
  let test: TestDatabase;
  let pooler: PgBouncer;

  beforeAll(async () => {
    test = await testDatabase([]);
    pooler = await startPgBouncer(test.url, 2);
  });
  afterAll(async () => {
    await pooler.close();
    await test.close();
  });

  it('a lock is refused to who does not wait while its work uses the database', async () => {
    const [database, other] = await severalClients(pooler);
    const held = gate();
    const end = gate();
    const working = database!.withAdvisoryLock('job', async () => {
      held.open();
      await end.passed;
      await database!.ping();
      return 'done';
    });
    await held.passed;

    const refused = other!.withAdvisoryLock('job', () => Promise.resolve(), { waitMs: 0 });

    await expect(refused).rejects.toBeInstanceOf(AdvisoryLockNotAvailable);
    end.open();
    expect(await working).toBe('done');
  });

  it('a migration outside of transactions runs under a lock that a transaction holds', async () => {
    const databases = await severalClients(pooler);
    const list = [
      migration('First1700000000001', { up: 'CREATE TABLE firsts (id int)' }),
      migration('Index1700000000002', {
        up: 'CREATE INDEX CONCURRENTLY firsts_id ON firsts (id)',
        transaction: false,
      }),
    ];

    const applied = await Promise.all(databases.map((database) => database.migrate(list)));

    // Either may apply both, or one of them the first and the other the rest.
    expect(applied.flat().sort()).toEqual(['First1700000000001', 'Index1700000000002']);
  });
});

describeThroughPgBouncer('row-level security through PgBouncer in transaction mode', () => {
  const [a, b] = [documentsOf('a'), documentsOf('b')];
  let test: GuardedDatabase;
  let pooler: PgBouncer;

  beforeAll(async () => {
    test = await guardedDatabase();
    pooler = await startPgBouncer(test.url, 1);
  });
  afterAll(async () => {
    await pooler.close();
    await test.close();
  });

  it('shows nobody the rows of who used the connection before', async () => {
    const [database, other] = await severalClients(pooler);
    const titles = (from: Database, scope?: typeof a): Promise<readonly unknown[]> =>
      from.beginReadonlySession(
        (dbSession) => dbSession.sql`SELECT title FROM documents`,
        scope === undefined ? {} : { rowScope: rowScope(documentSecurity, scope) },
      );
    await database!.execute(documents.create(a, document({ title: 'mine' })));
    await other!.execute(documents.create(b, document({ title: 'foreign' })));

    for (let i = 0; i < 3; i++) {
      expect(await titles(database!, a)).toEqual([{ title: 'mine' }]);
      expect(await titles(other!)).toEqual([]);
      expect(await database!.execute(documents.count(a, {}))).toBe(1);
      expect(await titles(other!)).toEqual([]);
      expect(await titles(other!, b)).toEqual([{ title: 'foreign' }]);
    }
  });
});
