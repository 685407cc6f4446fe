import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { AmbiguousCommitError, type DbWriteSession, guardedPool } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');

describe.each([
  ['the guarded pool', guardedPool({ max: 2 })],
  ['a stock pool', { extra: { max: 2 } }],
])('a dbSession over %s', (_name, pool) => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], pool)));
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));
  afterAll(() => test.close());

  const create = (dbSession: DbWriteSession, title: string): Promise<unknown> =>
    dbSession.execute(articles.create(a, article({ title })));
  const titles = async (): Promise<string[]> => {
    const rows: { title: string }[] = await test.dataSource.query('SELECT title FROM articles ORDER BY title');
    return rows.map(({ title }) => title);
  };

  it.each([
    'COMMIT',
    'end',
    'COMMIT AND CHAIN',
    'commit; begin',
    'ROLLBACK',
    'ROLLBACK WORK; BEGIN',
    'START TRANSACTION',
  ])('lets no SQL end or begin its transaction: %s', async (text) => {
    const bySql = test.database.beginSession(async (dbSession) => {
      await create(dbSession, 'before');
      await dbSession.sql(Object.assign([text], { raw: [text] }) as never);
    });
    const byManager = test.database.beginSession(async (dbSession) => {
      await create(dbSession, 'before');
      await dbSession.manager.query(`/* why */ ${text}`).catch((error: unknown) => {
        throw (error as { driverError?: unknown }).driverError ?? error;
      });
    });
    const goesOn = test.database.beginSession(async (dbSession) => {
      await create(dbSession, 'stored');
      await dbSession.manager.query(text).catch(() => {});
    });

    await expect(bySql).rejects.toBeInstanceOf(Misuse);
    await expect(byManager).rejects.toBeInstanceOf(Misuse);
    await goesOn;
    expect(await titles()).toEqual(['stored']);
  });

  it('lets SQL undo a savepoint, and define functions that have an END', async () => {
    await test.database.beginSession(async ({ manager }) => {
      await manager.query('SAVEPOINT mine');
      await manager.query('ROLLBACK TO mine');
      await manager.query('ROLLBACK WORK TO SAVEPOINT mine');
      await manager.query(`CREATE FUNCTION two() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END`);
      await manager.query(`SELECT CASE WHEN true THEN 'COMMIT; x' END AS "COMMIT"`);
    });

    expect(await test.dataSource.query('SELECT two()')).toEqual([{ two: 2 }]);
  });

  // Of what defines functions nobody looks for an END.
  const define = 'CREATE OR REPLACE FUNCTION one() RETURNS int BEGIN ATOMIC SELECT 1; END';
  it.each<[string, (dbSession: DbWriteSession) => Promise<unknown>]>([
    ['at its end', () => Promise.resolve()],
    ['and goes on', (dbSession) => create(dbSession, 'after')],
    ['and goes on all the same', (dbSession) => create(dbSession, 'after').catch(() => {})],
  ])('does not say that nothing is stored, where a COMMIT came through: %s', async (_what, goOn) => {
    const running = test.database.beginSession(async (dbSession) => {
      await create(dbSession, `before ${dbSession.attempt}`);
      await dbSession.manager.query(`${define}; COMMIT`);
      await goOn(dbSession);
    });

    await expect(running).rejects.toBeInstanceOf(AmbiguousCommitError);
    await expect(running).rejects.toMatchObject({ outcome: 'unknown', retryable: false, cause: expect.any(Misuse) });
    expect(await titles()).toEqual(['before 1']);
  });

  it('notices a COMMIT by a runner', async () => {
    const byRunner = test.database.beginSession(async ({ manager }) => {
      await manager.query('SELECT 1');
      await manager.queryRunner!.commitTransaction();
    });

    await expect(byRunner).rejects.toBeInstanceOf(Misuse);
  });
});
