import { type EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { DataSource } from 'typeorm';
import { AdvisoryLockLost, AdvisoryLockNotAvailable, Database, guardedPool } from '../src/index.js';
import { allGivenBack } from './fixture/all-given-back.js';
import { gate } from './fixture/gate.js';
import { Program } from './fixture/program.js';
import { silentProxy } from './fixture/silent-proxy.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

describe.each([
  ['the guarded pool', guardedPool({ max: 4 })],
  ['a stock pool', { extra: { max: 4 }, poolErrorHandler: () => {} }],
])('an advisory lock over %s', (_name, pool) => {
  let test: TestDatabase;

  beforeEach(async () => void (test = await testDatabase([], pool)));
  afterEach(async () => {
    Program.killAll();
    expect(test.database.poolFigures()).toMatchObject({ waiting: 0 });
    await allGivenBack(test.database);
    await test.close();
  });

  const endHolders = (): Promise<unknown> =>
    test.dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );

  it('lets one work at a time, whoever waits', async () => {
    let running = 0;
    const most: number[] = [];
    const work = async (): Promise<void> => {
      most.push(++running);
      await test.database.ping();
      running--;
    };
    const databases = Array.from({ length: 5 }, () => new Database(test.dataSource));

    await Promise.all(databases.map((database) => database.withAdvisoryLock('job', work)));

    expect(most).toEqual([1, 1, 1, 1, 1]);
  });

  it('gives what its work gives, and throws what it throws, the lock given back', async () => {
    expect(await test.database.withAdvisoryLock('job', () => Promise.resolve(7))).toBe(7);
    await expect(test.database.withAdvisoryLock('job', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await test.database.withAdvisoryLock('job', () => Promise.resolve(8), { waitMs: 0 })).toBe(8);
  });

  it('is refused at once to who does not wait, and others are free', async () => {
    const error = await test.database.withAdvisoryLock('job', async () => {
      await test.database.withAdvisoryLock('another', () => Promise.resolve(), { waitMs: 0 });
      return test.database.withAdvisoryLock('job', () => Promise.resolve(), { waitMs: 0 }).catch((e: unknown) => e);
    });

    expect(error).toBeInstanceOf(AdvisoryLockNotAvailable);
    expect(error).toMatchObject({ code: 'database_generic_conflict', httpStatus: 409, lock: 'job', retryable: false });
    expect(String(error)).not.toContain('job');
  });

  it('is refused to who has waited long enough, and waited for no longer than a signal says', async () => {
    const other = new Database(test.dataSource);
    await test.database.withAdvisoryLock('job', async () => {
      const waiting = other.withAdvisoryLock('job', () => Promise.resolve(), { waitMs: 30 });
      await expect(waiting).rejects.toBeInstanceOf(AdvisoryLockNotAvailable);

      const given = new AbortController();
      const aborted = other.withAdvisoryLock('job', () => Promise.resolve(), { signal: given.signal });
      given.abort(new Error('enough'));
      await expect(aborted).rejects.toThrow('enough');
    });
  });

  it('takes no connection while it is waited for', async () => {
    const databases = Array.from({ length: 12 }, () => new Database(test.dataSource));
    const held = gate();
    const end = gate();
    const first = test.database.withAdvisoryLock('job', () => {
      held.open();
      return end.passed;
    });
    await held.passed;
    const others = databases.map((database) => database.withAdvisoryLock('job', () => Promise.resolve()));

    for (let i = 0; i < 20; i++) await test.database.ping();

    end.open();
    await Promise.all([first, ...others]);
  });

  it('is free as soon as the process that held it is killed', async () => {
    const holder = new Program('hold-lock', test.url, 'job');
    expect(await holder.line()).toBe('held');
    await expect(test.database.withAdvisoryLock('job', () => Promise.resolve(), { waitMs: 0 })).rejects.toThrow();

    await holder.kill();

    expect(await test.database.withAdvisoryLock('job', () => Promise.resolve('mine'))).toBe('mine');
  });

  it('tells its work when it is lost, and its caller, whatever the work makes of it', async () => {
    const heeding = test.database.withAdvisoryLock('job', async (signal) => {
      await endHolders();
      await aborted(signal);
      signal.throwIfAborted();
    });
    const error = await heeding.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AdvisoryLockLost);
    expect(error).toMatchObject({
      code: 'database_generic_unreachable',
      lock: 'job',
      outcome: 'unknown',
      retryable: false,
      workError: null,
    });

    const deaf = test.database.withAdvisoryLock('job', endHolders);
    await expect(deaf).rejects.toBeInstanceOf(AdvisoryLockLost);

    const failing = test.database.withAdvisoryLock('job', async (signal) => {
      await endHolders();
      await aborted(signal);
      throw new Error('my own');
    });
    await expect(failing).rejects.toMatchObject({ name: 'AdvisoryLockLost', workError: new Error('my own') });
  });

  it('is confirmed by the server before what cannot be taken back', async () => {
    const did: string[] = [];
    const working = test.database.withAdvisoryLock('job', async (_signal, confirm) => {
      await confirm();
      did.push('before');
      await endHolders();
      await confirm();
      did.push('after');
    });

    await expect(working).rejects.toBeInstanceOf(AdvisoryLockLost);
    expect(did).toEqual(['before']);
  });

  it('aborts the signal of its work when the caller does, and keeps the lock until the work has ended', async () => {
    const given = new AbortController();
    const working = test.database.withAdvisoryLock(
      'job',
      async (signal) => {
        given.abort(new Error('stop'));
        expect(signal.aborted).toBe(true);
        await expect(
          test.database.withAdvisoryLock('job', () => Promise.resolve(), { waitMs: 0 }),
        ).rejects.toBeInstanceOf(AdvisoryLockNotAvailable);
        return 'ended well';
      },
      { signal: given.signal },
    );

    expect(await working).toBe('ended well');
  });

  it('is lost when its connection goes silent', async () => {
    const proxy = await silentProxy(test.url);
    const far = await new DataSource({ type: 'postgres', url: proxy.url, ...pool }).initialize();
    let isHeld = false;
    const work = async (signal: AbortSignal): Promise<void> => {
      isHeld = true;
      proxy.silence();
      await aborted(signal);
    };
    let error: unknown;
    // Whoever is to hear often is to take it soon, too, which a busy machine need not do.
    while (!isHeld) {
      error = await new Database(far).withAdvisoryLock('job', work, { checkEveryMs: 200 }).catch((e: unknown) => e);
    }

    expect(error).toBeInstanceOf(AdvisoryLockLost);

    proxy.close();
    await far.destroy();
  });

  it('outlives the timeouts of the server for transactions that idle', async () => {
    const timeouts = await test.dataSource.query<{ name: string }[]>(
      `SELECT name FROM pg_settings WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')`,
    );
    const impatient = new URL(test.url);
    impatient.searchParams.set('options', timeouts.map(({ name }) => `-c ${name}=1000`).join(' '));
    const dataSource = await new DataSource({ type: 'postgres', url: impatient.href, ...pool }).initialize();
    const idle = dataSource.createQueryRunner();
    const client = (await idle.connect()) as EventEmitter;
    const cut = new Promise((resolve) => client.once('end', resolve));

    // Where the server cuts one that idles, it has had the time to cut the other.
    await new Database(dataSource).withAdvisoryLock('job', async () => {
      await idle.startTransaction();
      await cut;
    });

    await idle.release().catch(() => {});
    await dataSource.destroy();
  });

  it('is known to SQL by the hash of its name', async () => {
    const { locked } = await test.database.withAdvisoryLock('job', async () => {
      const [row] = await test.dataSource.query<{ locked: boolean }[]>(
        `SELECT pg_try_advisory_xact_lock(('x' || substr(encode(sha256('job'), 'hex'), 1, 16))::bit(64)::bigint) AS locked`,
      );
      return row!;
    });

    expect(locked).toBe(false);
  });

  it('refuses what makes no sense', async () => {
    for (const args of [[''], ['job', { waitMs: -1 }], ['job', { checkEveryMs: 0 }]] as const) {
      await expect(
        test.database.withAdvisoryLock(args[0], () => Promise.resolve(), args[1] ?? {}),
      ).rejects.toBeInstanceOf(Misuse);
    }
  });
});

describe('the lock of a dbSession', () => {
  let test: TestDatabase;

  beforeEach(async () => void (test = await testDatabase([])));
  afterEach(() => test.close());

  it('is held to the end of the transaction, and waited for', async () => {
    const order: string[] = [];
    const held = gate();
    const first = test.database.beginSession(async (dbSession) => {
      await dbSession.lock('job');
      held.open();
      await waiterIsThere();
      order.push('first');
    });
    await held.passed;
    const second = test.database.beginSession(async (dbSession) => {
      await dbSession.lock('job');
      order.push('second');
    });

    await Promise.all([first, second]);

    expect(order).toEqual(['first', 'second']);
  });

  async function waiterIsThere(): Promise<void> {
    for (;;) {
      const rows = await test.dataSource.query<unknown[]>(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      if (rows.length > 0) return;
    }
  }

  it('excludes who holds the same name by withAdvisoryLock, and the other way round', async () => {
    await test.database.withAdvisoryLock('job', async () => {
      await expect(
        test.database.beginSession((dbSession) => dbSession.lock('job', { noWait: true })),
      ).rejects.toBeInstanceOf(AdvisoryLockNotAvailable);
    });
    await test.database.beginSession(async (dbSession) => {
      await dbSession.lock('job');
      await dbSession.lock('job', { noWait: true });
      const apart = { waitMs: 0, separate: true };
      await expect(test.database.withAdvisoryLock('job', () => Promise.resolve(), apart)).rejects.toBeInstanceOf(
        AdvisoryLockNotAvailable,
      );
    });
  });

  it('is the lock to take within a dbSession: the other is refused there', async () => {
    await test.database.beginSession(async (dbSession) => {
      await expect(test.database.withAdvisoryLock('job', () => Promise.resolve())).rejects.toBeInstanceOf(Misuse);
      await dbSession.lock('job');
    });
  });

  it('leaves the dbSession able to go on where it does not wait', async () => {
    await test.database.withAdvisoryLock('job', () =>
      test.database.beginSession(async (dbSession) => {
        const error = await dbSession.lock('job', { noWait: true }).catch((e: unknown) => e);

        expect(error).toBeInstanceOf(AdvisoryLockNotAvailable);
        expect(await dbSession.sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
      }),
    );
  });

  it('is waited for as long as the dbSession waits for locks', async () => {
    await test.database.withAdvisoryLock('job', async () => {
      const error = await test.database
        .beginSession((dbSession) => dbSession.lock('job'), { lockTimeoutMs: 20 })
        .catch((e: unknown) => e);

      expect(error).toBeInstanceOf(AdvisoryLockNotAvailable);
      expect(error).toMatchObject({ sqlState: '55P03', lock: 'job' });
    });
  });
});
