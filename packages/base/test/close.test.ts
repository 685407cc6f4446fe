import { AsyncResource } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Database, DatabaseClosed, DeadlineExceeded, guardedPool, StillRunning } from '../src/index.js';
import { gate } from './fixture/gate.js';
import { migration } from './fixture/migration.js';
import { silentProxy } from './fixture/silent-proxy.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

let test: TestDatabase;
beforeEach(async () => void (test = await testDatabase([])));
afterEach(() => test.close());

describe('close', () => {
  it('is done at once where nothing is under way, as often as it is called', async () => {
    await test.database.close();
    await test.database.close({ deadlineMs: 0 });

    await expect(test.database.ping()).rejects.toBeInstanceOf(DatabaseClosed);
    await expect(test.database.migrate([])).rejects.toBeInstanceOf(DatabaseClosed);
    await expect(test.database.withAdvisoryLock('job', () => Promise.resolve())).rejects.toBeInstanceOf(DatabaseClosed);
  });

  it('says by its deadline or signal what is still under way, cuts nothing, and can be waited for again', async () => {
    const end = gate();
    const locked = gate();
    const working = test.database.withAdvisoryLock('job', () =>
      test.database.beginSession(async (dbSession) => {
        await dbSession.sql`SELECT 1`;
        locked.open();
        await end.passed;
        return dbSession.sql`SELECT 2 AS two`;
      }),
    );
    await locked.passed;

    const late = await test.database.close({ deadlineMs: 1 }).catch((error: unknown) => error);
    const aborted = await test.database
      .close({ signal: AbortSignal.abort(new Error('enough')) })
      .catch((error: unknown) => error);

    expect(late).toBeInstanceOf(StillRunning);
    expect(late).toMatchObject({
      code: 'database_generic_timeout',
      running: { calls: 2, dbSessions: 1, locks: ['job'] },
      cause: expect.any(DeadlineExceeded),
    });
    expect(aborted).toMatchObject({ name: 'StillRunning', cause: new Error('enough') });
    await expect(test.database.ping()).rejects.toBeInstanceOf(DatabaseClosed);
    const closing = test.database.close({ deadlineMs: 10_000 });
    end.open();
    expect(await working).toEqual([{ two: 2 }]);
    await closing;
  });

  it('lets what runs under a lock finish, and refuses what it has left behind', async () => {
    const begun = gate();
    const go = gate();
    let leftBehind: (() => Promise<unknown>) | undefined;
    const working = test.database.withAdvisoryLock('job', async () => {
      begun.open();
      await go.passed;
      leftBehind = AsyncResource.bind(() => test.database.ping());
      await test.database.ping();
      return 'done';
    });
    await begun.passed;

    const closing = test.database.close();
    go.open();

    expect(await working).toBe('done');
    await closing;
    await expect(leftBehind!()).rejects.toBeInstanceOf(DatabaseClosed);
  });

  it('lets what follows a commit finish, and nobody else meanwhile', async () => {
    const committed = gate();
    const go = gate();
    let followed: unknown;
    const working = test.database.beginSession(async (dbSession) => {
      await dbSession.sql`SELECT 1`;
      dbSession.afterCommit(async () => {
        committed.open();
        await go.passed;
        followed = await test.database.beginReadonlySession((inner) => inner.sql`SELECT 1 AS one`);
      });
    });
    await committed.passed;

    const closing = test.database.close();

    await expect(test.database.ping()).rejects.toBeInstanceOf(DatabaseClosed);
    go.open();
    await working;
    await closing;
    expect(followed).toEqual([{ one: 1 }]);
  });

  it('lets migrations finish, one that waits for its turn included', async () => {
    const create = migration('Create1700000000001', { up: 'CREATE TABLE firsts (id int)' });
    const index = migration('Index1700000000002', {
      up: 'CREATE INDEX CONCURRENTLY ON firsts (id)',
      transaction: false,
    });
    const migrating = test.database.migrate([create, index]);

    await test.database.close();

    expect(await migrating).toEqual(['Create1700000000001', 'Index1700000000002']);
  });
});

describe('ping', () => {
  it('resolves when the database answers', async () => {
    await test.database.ping();
    await test.database.ping({ deadlineMs: 10_000, signal: new AbortController().signal });
  });

  it('ends with its deadline or signal while the answer is owed, and closes that connection', async () => {
    const proxy = await silentProxy(test.url);
    const far = await new DataSource({ type: 'postgres', url: proxy.url, ...guardedPool({ max: 1 }) }).initialize();
    const database = new Database(far);
    await database.ping();
    proxy.silence();

    const late = await database.ping({ deadlineMs: 20 }).catch((error: unknown) => error);

    expect(late).toBeInstanceOf(DeadlineExceeded);
    expect(database.poolFigures()).toEqual({ max: 1, total: 0, idle: 0, waiting: 0 });
    await expect(database.ping({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    proxy.close();
    await far.destroy();
  });
});

describe('poolFigures', () => {
  it('counts what is open, idle and waited for', async () => {
    const { database } = test;
    expect(database.poolFigures()).toMatchObject({ max: 4, waiting: 0 });
    const held = gate();
    const end = gate();
    let begun = 0;
    const busy = Array.from({ length: 4 }, () =>
      database.beginSession(async (dbSession) => {
        await dbSession.sql`SELECT 1`;
        if (++begun === 4) held.open();
        await end.passed;
      }),
    );
    await held.passed;
    const waiting = database.ping();

    expect(database.poolFigures()).toEqual({ max: 4, total: 4, idle: 0, waiting: 1 });

    end.open();
    await Promise.all([...busy, waiting]);
    expect(database.poolFigures()).toEqual({ max: 4, total: 4, idle: 4, waiting: 0 });
  });
});
