import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { type DbReadSession, type DbWriteSession, guardedPool } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');

describe('what cannot be done with a dbSession says so', () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], guardedPool({ max: 1 }))));
  afterAll(() => test.close());

  const refused = async (work: () => Promise<unknown>, says: RegExp): Promise<void> => {
    const error: unknown = await work().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Misuse);
    expect((error as Misuse).message).toMatch(says);
  };

  it('after its end', async () => {
    const kept: DbWriteSession[] = [];
    await test.database.beginSession(async (dbSession) => {
      kept.push(dbSession);
      await dbSession.execute(articles.count(a, {}));
      await dbSession.savepoint((inner) => Promise.resolve(void kept.push(inner)));
    });
    const uses: ((dbSession: DbWriteSession) => unknown)[] = [
      (dbSession) => dbSession.execute(articles.count(a, {})),
      (dbSession) => dbSession.sql`SELECT 1`,
      (dbSession) => dbSession.savepoint(() => Promise.resolve()),
      (dbSession) => dbSession.manager.query('SELECT 1'),
      (dbSession) => dbSession.lock('name'),
      (dbSession) => dbSession.afterCommit(() => {}),
    ];

    for (const use of uses) {
      await refused(async () => use(kept[0]!), /This dbSession has ended/);
      await refused(async () => use(kept[1]!), /dbSession has ended/);
    }
  });

  it('after an end that was a failure', async () => {
    let kept: DbWriteSession | null = null;
    await test.database
      .beginSession((dbSession) => {
        kept = dbSession;
        return Promise.reject(new Error('undo'));
      })
      .catch(() => {});

    await refused(() => kept!.execute(articles.count(a, {})), /has ended/);
    await refused(async () => kept!.afterCommit(() => {}), /has ended/);
  });

  it('in afterCommit of a dbSession that only reads', async () => {
    const got = (dbSession: DbReadSession): DbWriteSession => dbSession as DbWriteSession;
    const running = (): Promise<void> =>
      test.database.beginReadonlySession((dbSession) => Promise.resolve(got(dbSession).afterCommit(() => {})));

    await refused(running, /only reads has no commit/);
  });

  it('where it ends while a savepoint is open, and nothing of that is stored', async () => {
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let open: Promise<unknown> = Promise.resolve();
    await refused(
      () =>
        test.database.beginSession(async (dbSession) => {
          const begun = new Promise<void>((resolve) => {
            open = dbSession.savepoint(async (inner) => {
              await inner.execute(articles.create(a, article()));
              resolve();
              await held;
            });
          });
          open.catch(() => {});
          await begun;
        }),
      /ended while a savepoint of it was open: await it/,
    );
    letGo();

    await refused(() => open, /has ended/);
    expect(await test.database.execute(articles.count(a, {}))).toBe(0);
  });
});
