import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { errorCode, HoldfastError } from '@holdfast/errors';
import { Misuse } from '@holdfast/errors';
import { type AmbientCall, type CallEvent, Deadline, withinAmbientCall } from '@holdfast/operation';
import pg from 'pg';
import { Database, DeadlineExceeded, guardedPool } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { SteppingClock } from './fixture/stepping-clock.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const reason = new Error('no longer wanted');

function call(limits: Partial<AmbientCall> = {}): AmbientCall {
  return {
    signal: null,
    deadline: null,
    isRetried: false,
    committed: () => {},
    isHeard: false,
    tell: () => {},
    hear: () => {},
    ...limits,
  };
}

describe('what a Database does for a call', () => {
  let test: TestDatabase;
  let admin: pg.Client;
  let abort: AbortController;
  let id: string;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 2 }));
    admin = new pg.Client(test.url);
    await admin.connect();
    ({ id } = await test.database.execute(articles.create(a, article({ rank: 1 }))));
  });
  beforeEach(() => void (abort = new AbortController()));
  afterEach(async () => {
    await admin.query('ROLLBACK');
    const { rows } = await admin.query('SELECT rank FROM articles');
    expect(rows).toEqual([{ rank: 1 }]);
  });
  afterAll(async () => {
    await admin.end();
    await test.close();
  });

  const lock = async (): Promise<void> => {
    await admin.query('BEGIN');
    await admin.query('SELECT * FROM articles FOR UPDATE');
  };
  /** Resolves when a statement of the pool waits for the lock. */
  const waiting = async (): Promise<void> => {
    const asked = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    do await admin.query('SELECT pg_stat_clear_snapshot()');
    while ((await admin.query(asked)).rowCount === 0);
  };
  const change = { changes: { rank: 9 } };

  const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['a spec', () => test.database.execute(articles.update(a, id, change))],
    ['a spec in one trip', () => test.database.execute(articles.update(a, id, change), { commit: 'one-trip' })],
    ['a dbSession', () => test.database.beginSession((dbSession) => dbSession.execute(articles.update(a, id, change)))],
    [
      'a dbSession of a repository that takes its time',
      async () => {
        await new Promise(setImmediate);
        return test.database.beginSession((dbSession) => dbSession.execute(articles.update(a, id, change)));
      },
    ],
  ];

  it.each(ways)('is cancelled at the server when the signal of the call aborts: %s', async (_way, work) => {
    await lock();
    const outcome = withinAmbientCall(call({ signal: abort.signal }), work).catch((error: unknown) => error);
    await waiting();
    abort.abort(reason);

    expect(await outcome).toBe(reason);
  });

  it.each(ways)(
    'says that nothing is stored where the signal aborts because the time is over: %s',
    async (_way, work) => {
      const code = errorCode('backendai', 'generic', 'timeout');
      await lock();
      const outcome = withinAmbientCall(call({ signal: abort.signal }), work).catch((error: unknown) => error);
      await waiting();
      abort.abort(new HoldfastError({ code, message: 'No answer within 50 ms.', outcome: 'unknown' }));

      const error = await outcome;
      expect(error).toBeInstanceOf(DeadlineExceeded);
      expect(error).toMatchObject({ outcome: 'not-committed', cause: abort.signal.reason });
    },
  );

  it.each(ways)('is cancelled at the server when the deadline of the call passes: %s', async (_way, work) => {
    await lock();

    const outcome = withinAmbientCall(call({ deadline: Deadline.after(50) }), work);

    await expect(outcome).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  it.each(ways)('is not begun once the deadline of the call has passed: %s', async (_way, work) => {
    const outcome = withinAmbientCall(call({ deadline: Deadline.after(0) }), work);

    await expect(outcome).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  it('goes by the nearer one of two deadlines', async () => {
    await lock();
    const update = articles.update(a, id, change);
    const execute = (limitMs: number, deadlineMs: number): Promise<unknown> =>
      withinAmbientCall(call({ deadline: Deadline.after(limitMs) }), () =>
        test.database.execute(update, { deadlineMs }),
      );

    await expect(execute(50, 60_000)).rejects.toBeInstanceOf(DeadlineExceeded);
    await expect(execute(60_000, 50)).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  it.each([
    ['its own', (own: AbortController) => own.abort(reason)],
    ["the call's", () => abort.abort(reason)],
  ])('heeds both signals, where it has one and the call another: %s', async (_whose, end) => {
    const own = new AbortController();
    await lock();
    const outcome = withinAmbientCall(call({ signal: abort.signal }), () =>
      test.database.execute(articles.update(a, id, change), { signal: own.signal }),
    ).catch((error: unknown) => error);
    await waiting();
    end(own);

    expect(await outcome).toBe(reason);
  });

  it('is cancelled where a call inside of an open dbSession ends, and the dbSession can only be undone', async () => {
    await lock();
    const outcome = test.database.beginSession(async (dbSession) => {
      await dbSession.sql`SELECT 1`;
      await withinAmbientCall(call({ deadline: Deadline.after(50) }), () =>
        dbSession.execute(articles.update(a, id, change)),
      ).catch(() => {});
      return dbSession.sql`SELECT 1`;
    });

    await expect(outcome).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  it('is cancelled where it is a query of the manager, too', async () => {
    await lock();
    const outcome = test.database.beginSession((dbSession) =>
      withinAmbientCall(call({ deadline: Deadline.after(50) }), () =>
        dbSession.manager.query('UPDATE articles SET rank = 9'),
      ),
    );

    await expect(outcome).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  describe('under an advisory lock', () => {
    const key = `('x' || substr(encode(sha256('job'), 'hex'), 1, 16))::bit(64)::bigint`;
    let runs: number;
    const run = (): Promise<unknown> => test.database.withAdvisoryLock('job', async () => void runs++);

    beforeEach(async () => {
      runs = 0;
      await admin.query('BEGIN');
      await admin.query(`SELECT pg_advisory_xact_lock(${key})`);
    });
    /** Whoever still waited would be asked before it is somebody else's turn. */
    afterEach(async () => {
      await admin.query('ROLLBACK');
      await test.database.withAdvisoryLock('job', () => new Promise((resolve) => setTimeout(resolve, 20)));
      expect(runs).toBe(0);
    });

    it('is never begun where the deadline of the call passes before the lock is free', async () => {
      const outcome = withinAmbientCall(call({ deadline: Deadline.after(50) }), run);

      // An overload, too, unless the time is over while the server is being asked for the lock.
      await expect(outcome).rejects.toMatchObject({ name: 'DeadlineExceeded' });
    });

    it('is never begun where the signal of the call aborts before that', async () => {
      const outcome = withinAmbientCall(call({ signal: abort.signal }), run).catch((error: unknown) => error);
      abort.abort(reason);

      expect(await outcome).toBe(reason);
    });

    it('says that the time was over where the signal does', async () => {
      const code = errorCode('backendai', 'generic', 'timeout');
      const outcome = withinAmbientCall(call({ signal: abort.signal }), run).catch((error: unknown) => error);
      abort.abort(new HoldfastError({ code, message: 'No answer within 50 ms.', outcome: 'unknown' }));

      expect(await outcome).toMatchObject({ name: 'DeadlineExceeded', cause: abort.signal.reason });
    });

    it('is never begun where the deadline passes while others have all connections', async () => {
      const waited = await test.database.beginSession(async (one) => {
        await one.sql`SELECT 1`;
        return test.database.beginSession(
          async (other) => {
            await other.sql`SELECT 1`;
            const outside = { separate: true, waitMs: 60_000 };
            return withinAmbientCall(call({ deadline: Deadline.after(50) }), () =>
              test.database.withAdvisoryLock('job', async () => void runs++, outside),
            ).catch((error: unknown) => error);
          },
          { separate: true },
        );
      });

      expect(waited).toMatchObject({ name: 'DeadlineExceeded', isOverload: true });
    });

    it('is told by its own signal where that of the call aborts', async () => {
      const seen = await withinAmbientCall(call({ signal: abort.signal }), () =>
        test.database.withAdvisoryLock('another', async (signal) => {
          abort.abort(reason);
          return signal.reason as unknown;
        }),
      );

      expect(seen).toBe(reason);
    });
  });

  it('is not held to the deadline of a call that has ended', async () => {
    let later: Promise<unknown> | undefined;
    let goOn = (): void => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    await withinAmbientCall(call({ deadline: Deadline.after(0) }), async () => {
      later = gate.then(() => test.database.execute(articles.get(a, id)));
    });
    goOn();

    expect(await later).toMatchObject({ id });
  });

  it('is told to the call where something of it stands, so that nobody makes that twice', async () => {
    let commits = 0;
    const told = async (isRetried: boolean, work: () => Promise<unknown>): Promise<number> => {
      commits = 0;
      await withinAmbientCall(call({ isRetried, committed: () => void (commits += 1) }), work).catch(() => {});
      return commits;
    };
    const { database } = test;
    const same = articles.update(a, id, { changes: { rank: 1 } });
    const missing = articles.update(a, '00000000-0000-4000-8000-000000000000', { changes: { rank: 1 } });

    expect(await told(true, () => database.execute(same))).toBe(1);
    expect(await told(true, () => database.execute(same, { commit: 'one-trip' }))).toBe(1);
    expect(await told(true, () => database.beginSession((dbSession) => dbSession.execute(same)))).toBe(1);

    expect(await told(false, () => database.execute(same))).toBe(0);
    expect(await told(true, () => database.execute(articles.get(a, id)))).toBe(0);
    expect(await told(true, () => database.execute(missing))).toBe(0);
    expect(await told(true, () => database.beginReadonlySession(() => Promise.resolve()))).toBe(0);
    expect(await told(true, () => database.beginSession(() => Promise.reject(new Error('no'))))).toBe(0);
  });

  it('is told to the call that it is made for, where another one had opened the connection', async () => {
    const heard: string[] = [];
    const hearing = (name: string): AmbientCall =>
      call({ isHeard: true, hear: ({ kind }) => void heard.push(`${name} ${kind}`) });
    const single = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
    const database = new Database(single.dataSource, { clock: new SteppingClock(), random: () => 0.5 });
    await single.dataSource.query(`
      CREATE SEQUENCE attempts;
      CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('attempts') = 1 THEN RAISE EXCEPTION USING ERRCODE = '40001'; END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER collide BEFORE UPDATE ON articles EXECUTE FUNCTION collide()`);
    await single.dataSource.destroy();
    await single.dataSource.initialize();

    let goOn = (): void => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const opening = withinAmbientCall(hearing('first'), async () => {
      await database.execute(articles.create(a, article({ id })));
      await gate;
    });
    await withinAmbientCall(hearing('second'), async () => {
      while (database.poolFigures().idle === 0) await new Promise(setImmediate);
      await database.execute(articles.update(a, id, { changes: { rank: 2 } }), { commit: 'one-trip' });
    });
    goOn();
    await opening;
    await single.close();

    expect(heard).toEqual(['second replayed']);
  });

  it('is told to the call where it collides and is made again', async () => {
    const heard: CallEvent[] = [];
    const hear = (event: CallEvent): void => void heard.push(event);
    const database = new Database(test.dataSource, { clock: new SteppingClock(), random: () => 0.5 });

    await withinAmbientCall(call({ isHeard: true, hear }), () =>
      database.beginSession(async (dbSession) => {
        if (dbSession.attempt < 3) {
          await dbSession.sql`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$`;
        }
      }),
    );

    const error = expect.objectContaining({ name: 'SerializationFailure' });
    expect(heard).toEqual([
      { kind: 'replayed', attempt: 1, delayMs: 10, error },
      { kind: 'replayed', attempt: 2, delayMs: 20, error },
    ]);
  });

  it.each([
    [{ deadlineMs: NaN }, 'deadlineMs must be a number of milliseconds from 0, not NaN.'],
    [{ deadlineMs: -1 }, 'deadlineMs must be a number of milliseconds from 0, not -1.'],
    [{ deadlineMs: '5' }, "deadlineMs must be a number of milliseconds from 0, not '5'."],
    [{ signal: {} }, 'signal must be an AbortSignal, not object.'],
    [{ signal: null }, 'signal must be an AbortSignal, not object.'],
  ])('is refused with limits that make no sense: %p', async (limits, message) => {
    const options = limits as object;
    const { database } = test;

    await expect(database.execute(articles.get(a, id), options)).rejects.toThrow(new Misuse(message));
    await expect(database.beginSession(() => Promise.resolve(), options)).rejects.toThrow(new Misuse(message));
    await expect(database.beginReadonlySession(() => Promise.resolve(), options)).rejects.toThrow(new Misuse(message));
    await expect(database.ping(options)).rejects.toThrow(new Misuse(message));
  });
});
