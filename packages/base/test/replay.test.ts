import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { isGivenUp, observeOperations, type OperationEvent } from '@holdfast/operation';
import {
  Database,
  DeadlockDetected,
  type DbWriteSession,
  guardedPool,
  SerializationFailure,
  TransactionAborted,
  unitSpec,
  type UnitWrite,
  type WriteSessionOptions,
} from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { meeting } from './fixture/meeting.js';
import { SteppingClock } from './fixture/stepping-clock.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const [one, two] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'] as const;

/** Fails for what somebody else has written meanwhile. */
type Collide = (inner?: DbWriteSession) => Promise<unknown>;
type Work = (dbSession: DbWriteSession, collide: Collide) => Promise<unknown>;

const serializable = { isolation: 'serializable' } as const;

describe.each([
  ['the guarded pool', guardedPool({ max: 4 })],
  ['a stock pool', { extra: { max: 4 } }],
])('what collides over %s', (_name, pool) => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], pool)));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('TRUNCATE articles');
    await test.database.execute(
      articles.bulkCreate(
        a,
        [one, two].map((id) => article({ id, title: id })),
      ),
    );
  });

  const ranks = async (): Promise<number[]> => {
    const rows: { rank: number }[] = await test.dataSource.query('SELECT rank FROM articles ORDER BY id');
    return rows.map(({ rank }) => rank);
  };
  const deadlocksSoon = (dbSession: DbWriteSession): Promise<unknown> =>
    dbSession.sql`SELECT set_config('deadlock_timeout', '20ms', true)`;

  /** How a transaction adds to the rank of an article. */
  const ways = {
    'by a spec': async (dbSession: DbWriteSession, id: string) => {
      const { rank } = await dbSession.execute(articles.get(a, id));
      await dbSession.execute(articles.update(a, id, { changes: { rank: rank + 1 } }));
    },
    'by SQL': async (dbSession: DbWriteSession, id: string) => {
      await dbSession.sql`UPDATE articles SET rank = rank + 1 WHERE id = ${id}`;
    },
    'by TypeORM': async ({ manager }: DbWriteSession, id: string) => {
      await manager.increment(ArticleRow, { id }, 'rank', 1);
    },
  };

  it.each(Object.entries(ways))('is made again after a deadlock, as a whole: %s', async (_way, raise) => {
    const bothHoldOne = meeting(2);
    const attempts: number[] = [];
    const raiseBoth = (first: string, second: string): Promise<void> =>
      test.database.beginSession(async (dbSession) => {
        attempts.push(dbSession.attempt);
        await deadlocksSoon(dbSession);
        await raise(dbSession, first);
        if (dbSession.attempt === 1) await bothHoldOne();
        await raise(dbSession, second);
      });

    await Promise.all([raiseBoth(one, two), raiseBoth(two, one)]);

    expect(await ranks()).toEqual([2, 2]);
    expect(attempts).toEqual([1, 1, 2]);
  });

  it.each(Object.entries(ways))('is made again after a lost update: %s', async (_way, raise) => {
    const bothHaveRead = meeting(2);
    const raiseOnce = (): Promise<void> =>
      test.database.beginSession(
        async (dbSession) => {
          await dbSession.sql`SELECT count(*) FROM articles`;
          if (dbSession.attempt === 1) await bothHaveRead();
          await raise(dbSession, one);
        },
        { isolation: 'repeatable read' },
      );

    await Promise.all([raiseOnce(), raiseOnce()]);

    expect(await ranks()).toEqual([2, 0]);
  });

  it('is made again after a write skew, which only COMMIT finds', async () => {
    const bothHaveWritten = meeting(2);
    const attempts: number[] = [];
    const raiseIfNoneIs = (id: string): Promise<void> =>
      test.database.beginSession(async (dbSession) => {
        attempts.push(dbSession.attempt);
        const raised = await dbSession.execute(articles.count(a, { rank: { gt: 0 } }));
        if (raised === 0) await dbSession.execute(articles.update(a, id, { changes: { rank: 1 } }));
        if (dbSession.attempt === 1) await bothHaveWritten();
      }, serializable);

    await Promise.all([raiseIfNoneIs(one), raiseIfNoneIs(two)]);

    expect((await ranks()).sort((x, y) => x - y)).toEqual([0, 1]);
    expect(attempts).toEqual([1, 1, 2]);
  });

  /** Collides with what it read itself until it has done so `times` times; counts how often it was run. */
  const colliding = (
    times: number,
    work: Work = (_, collide) => collide(),
  ): { readonly attempts: number[]; run(database?: Database, options?: WriteSessionOptions): Promise<unknown> } => {
    const attempts: number[] = [];
    const run = (database = test.database, options: WriteSessionOptions = {}): Promise<unknown> =>
      database.beginSession(
        async (dbSession) => {
          attempts.push(dbSession.attempt);
          const { rank } = await dbSession.execute(articles.get(a, one));
          if (dbSession.attempt <= times) {
            const other = articles.update(a, one, { changes: { rank: rank + 1 } });
            await test.database.execute(other, { separate: true });
          }
          const collide: Collide = (inner = dbSession) =>
            inner.execute(articles.update(a, one, { changes: { rank: -1 } }));
          return work(dbSession, collide);
        },
        { isolation: 'repeatable read', ...options },
      );
    return { attempts, run };
  };

  it('does after the commit what the last attempt said, and nothing else', async () => {
    const done: number[] = [];
    await colliding(2, async (dbSession, collide) => {
      const { attempt } = dbSession;
      dbSession.afterCommit(() => void done.push(attempt));
      await collide();
    }).run();

    expect(done).toEqual([3]);
  });

  it('waits longer and longer between the attempts, up to a second, and gives up after ten', async () => {
    const clock = new SteppingClock();
    const database = new Database(test.dataSource, { clock, random: () => 0.5 });
    const { attempts, run } = colliding(Infinity);

    const error: unknown = await run(database).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(SerializationFailure);
    expect(isGivenUp(error)).toBe(true);
    expect(attempts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(clock.slept).toEqual([10, 20, 40, 80, 160, 320, 500, 500, 500]);
  });

  it('is told each time before it waits', async () => {
    const database = new Database(test.dataSource, { clock: new SteppingClock(), random: () => 0.5 });
    const events: OperationEvent[] = [];
    const stop = observeOperations((event) => void events.push(event));

    await colliding(1).run(database);
    await colliding(1).run(database, { name: 'dispatch' });
    stop();

    const told = { kind: 'replayed', at: null, source: database, attempt: 1, delayMs: 10 };
    const error = expect.any(SerializationFailure);
    expect(events).toEqual([
      { ...told, operation: 'beginSession', error },
      { ...told, operation: 'dispatch', error },
    ]);
  });

  it('is made as often as the Database or the call says', async () => {
    const database = new Database(test.dataSource, { clock: new SteppingClock(), maxAttempts: 2 });
    const [asSet, asSaid, once] = [colliding(Infinity), colliding(Infinity), colliding(Infinity)];

    await expect(asSet.run(database)).rejects.toBeInstanceOf(SerializationFailure);
    await expect(asSaid.run(database, { maxAttempts: 3 })).rejects.toBeInstanceOf(SerializationFailure);
    const error: unknown = await once.run(database, { maxAttempts: 1 }).catch((e: unknown) => e);

    expect([asSet, asSaid, once].map(({ attempts }) => attempts.length)).toEqual([2, 3, 1]);
    // One attempt leaves the others to whoever calls.
    expect(isGivenUp(error)).toBe(false);
  });

  it.each([0, 1.5, NaN, -1])('refuses %p attempts', async (maxAttempts) => {
    const running = test.database.beginSession(() => Promise.resolve(), { maxAttempts });

    await expect(running).rejects.toBeInstanceOf(Misuse);
    expect(() => new Database(test.dataSource, { maxAttempts })).toThrow(Misuse);
  });

  it('ends at once with the last real error where a delay does not fit before the deadline', async () => {
    const clock = new SteppingClock();
    const database = new Database(test.dataSource, { clock, random: () => 1 });
    const { attempts, run } = colliding(Infinity);

    // Of them 1,260 ms fit, another second does not; statements go by the real time, of which so much is left.
    await expect(run(database, { deadlineMs: 2_200 })).rejects.toBeInstanceOf(SerializationFailure);

    expect(attempts).toHaveLength(7);
    expect(clock.slept).toEqual([20, 40, 80, 160, 320, 640]);
  });

  it('ends with the last real error when the signal aborts between attempts', async () => {
    const clock = new SteppingClock();
    const controller = new AbortController();
    clock.onSleep = () => controller.abort();
    const { attempts, run } = colliding(Infinity);

    const running = run(new Database(test.dataSource, { clock }), { signal: controller.signal });

    await expect(running).rejects.toBeInstanceOf(SerializationFailure);
    expect(attempts).toHaveLength(1);
  });

  it('gives back the connection between attempts', async () => {
    const clock = new SteppingClock();
    const busy: number[] = [];
    clock.onSleep = () => {
      const { total, idle } = test.database.poolFigures();
      busy.push(total - idle);
    };

    await colliding(2).run(new Database(test.dataSource, { clock }));

    expect(busy).toEqual([0, 0]);
  });

  describe('is made again whatever the closure makes of the error:', () => {
    const own = new Error('of the closure');
    const swallowing: Record<string, Work> = {
      'one of its own': (_, collide) => collide().catch(() => Promise.reject(new Error('of the closure'))),
      'one of its own with a cause': (_, collide) =>
        collide().catch((cause: unknown) => Promise.reject(new Error('of the closure', { cause }))),
      'nothing at all': (_, collide) => collide().catch(() => 'swallowed'),
      'nothing, and goes on': async (dbSession, collide) => {
        await collide().catch(() => {});
        return dbSession.execute(articles.count(a, {}));
      },
      'nothing, within a savepoint that it undoes': async (dbSession, collide) => {
        await dbSession.savepoint(collide).catch(() => {});
        return dbSession.execute(articles.count(a, {}));
      },
      'nothing, within a savepoint at the end': (dbSession, collide) => dbSession.savepoint(collide).catch(() => {}),
      'nothing, by TypeORM within a transaction of its own': ({ manager }) =>
        manager.transaction((nested) => nested.update(ArticleRow, { id: one }, { rank: -1 })).catch(() => 'swallowed'),
    };

    it.each(Object.entries(swallowing))('%s', async (_what, work) => {
      const { attempts, run } = colliding(1, work);
      await run();
      expect(attempts).toEqual([1, 2]);
    });

    it('and its own error is thrown in the end', async () => {
      const { attempts, run } = colliding(Infinity, (_, collide) => collide().catch(() => Promise.reject(own)));
      const database = new Database(test.dataSource, { clock: new SteppingClock(), maxAttempts: 2 });

      await expect(run(database)).rejects.toBe(own);
      expect(attempts).toHaveLength(2);
    });

    it('and the collision is thrown in the end where it was swallowed', async () => {
      const { run } = colliding(Infinity, (_, collide) => collide().catch(() => 'swallowed'));

      await expect(run(test.database, { maxAttempts: 1 })).rejects.toBeInstanceOf(SerializationFailure);
    });
  });

  it('goes on after a deadlock in a savepoint, which undoes all that there was of it', async () => {
    const bothHoldOne = meeting(2);
    const seen: unknown[] = [];
    const raiseBoth = (first: string, second: string): Promise<void> =>
      test.database.beginSession(async (dbSession) => {
        await deadlocksSoon(dbSession);
        const raise = ways['by SQL'];
        await dbSession
          .savepoint(async (inner) => {
            await raise(inner, first);
            await bothHoldOne();
            await raise(inner, second);
          })
          .catch((error: unknown) => seen.push(error, dbSession.attempt));
      });

    await Promise.all([raiseBoth(one, two), raiseBoth(two, one)]);

    expect(seen).toEqual([expect.any(DeadlockDetected), 1]);
    expect(await ranks()).toEqual([1, 1]);
  });

  it('is not what another error is, and that one is thrown at once', async () => {
    const failure = new Error('of the closure');
    let attempts = 0;
    const failing = test.database.beginSession(async (dbSession) => {
      attempts++;
      await dbSession.savepoint(() => dbSession.sql`SELECT 1`).catch(() => {});
      throw failure;
    });

    await expect(failing).rejects.toBe(failure);
    expect(attempts).toBe(1);
  });

  it('says which statement failed first where others were refused for it', async () => {
    const twice = article({ title: 'twice' });
    const running = test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, twice));
      await dbSession.sql`INSERT INTO articles (id) VALUES (${twice.values.id!})`.catch(() => {});
      await dbSession.execute(articles.count(a, {}));
    });
    const atTheEnd = test.database.beginSession(async (dbSession) => {
      await dbSession.sql`SELECT 1 / 0`.catch(() => {});
    });

    await expect(running).rejects.toMatchObject({ name: 'TransactionAborted', cause: { sqlState: '23502' } });
    await expect(atTheEnd).rejects.toBeInstanceOf(TransactionAborted);
    await expect(atTheEnd).rejects.toMatchObject({ sqlState: null, cause: { sqlState: '22012' } });
  });

  it('is left alone where it reads what can be read only once, by whoever else might make it again, too', async () => {
    const runs: string[] = [];
    const collision = { cause: null, retryable: true, outcome: 'not-committed' } as const;
    const failing = (name: string, isRepeatable: boolean): UnitWrite<unknown> => {
      const unit = (): Promise<unknown> => {
        runs.push(name);
        return runs.length === 1 ? Promise.reject(new SerializationFailure(collision)) : Promise.resolve();
      };
      return unitSpec(name, unit, { isRepeatable });
    };
    const outcome = async (run: () => Promise<unknown>): Promise<unknown> => {
      runs.length = 0;
      const error: unknown = await run().catch((e: unknown) => e);
      return [...runs, isGivenUp(error) ? 'given up' : 'done'];
    };
    const within = (spec: UnitWrite<unknown>) => (): Promise<unknown> =>
      test.database.beginSession((dbSession) => dbSession.execute(spec));

    expect(await outcome(() => test.database.execute(failing('once', false)))).toEqual(['once', 'given up']);
    expect(await outcome(within(failing('once', false)))).toEqual(['once', 'given up']);
    expect(await outcome(() => test.database.execute(failing('again', true)))).toEqual(['again', 'again', 'done']);
    expect(await outcome(within(failing('again', true)))).toEqual(['again', 'again', 'done']);
  });
});
