import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AmbiguousCommitError, CommitNotStored, type DbWriteSession, guardedPool, newId } from '@holdfast/base';
import type { FaultKind } from '@holdfast/testing';
import type { DataSourceOptions } from 'typeorm';
import { withClient } from '../../src/with-client.js';
import { entries, EntryRow, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

let lossy: LossyDatabase;
beforeAll(async () => {
  lossy = await lossyDatabase({ pool: guardedPool({ max: 1 }) });
});
afterEach(() => lossy.proxy.heal());
afterAll(() => lossy.close());

const create = (dbSession: DbWriteSession, id: string): Promise<EntryRow> =>
  dbSession.execute(entries.create(red, { values: { id, label: id } }));

const stored: readonly FaultKind[] = ['cutAfter', 'resetAfter'];
const notStored: readonly FaultKind[] = ['cutBefore', 'resetBefore', 'clientCutServerHold'];

describe('A dbSession whose COMMIT is not answered', () => {
  it.each(stored)('resolves with what its closure returned if it was committed, after %s', async (fault) => {
    const id = newId();
    const attempts: number[] = [];
    const hooks: string[] = [];
    const before = lossy.resolved.length;
    const landing = lossy.proxy.next({ fault, at: 'commit' });

    const result = await lossy.database.beginSession(
      async (dbSession) => {
        attempts.push(dbSession.attempt);
        dbSession.afterCommit(() => void hooks.push('committed'));
        await create(dbSession, id);
        return { answer: 'as it was' };
      },
      { name: 'enter' },
    );

    await landing;
    expect(result).toEqual({ answer: 'as it was' });
    expect(attempts).toEqual([1]);
    expect(hooks).toEqual(['committed']);
    expect(await lossy.effects(id)).toEqual(['INSERT']);
    expect(lossy.resolved.slice(before)).toMatchObject([{ operation: 'enter', verdict: 'committed' }]);
  });

  it.each(notStored)('is run again as a whole if it was not, after %s', async (fault) => {
    const id = newId();
    const attempts: number[] = [];
    const hooks: number[] = [];
    const before = lossy.resolved.length;
    const landing = lossy.proxy.next({ fault, at: 'commit' });

    const result = await lossy.database.beginSession(async (dbSession) => {
      const { attempt } = dbSession;
      attempts.push(attempt);
      dbSession.afterCommit(() => void hooks.push(attempt));
      await create(dbSession, id);
      return attempt;
    });

    await landing;
    expect(result).toBe(2);
    expect(attempts).toEqual([1, 2]);
    expect(hooks).toEqual([2]);
    expect(await lossy.effects(id)).toEqual(['INSERT']);
    expect(lossy.resolved.slice(before)).toMatchObject([{ operation: 'beginSession', verdict: 'not-committed' }]);
  });

  it('survives the loss of one COMMIT after the other', async () => {
    const id = newId();
    const landings = (['cutBefore', 'clientCutServerHold', 'resetBefore', 'cutAfter'] as const).map((fault) =>
      lossy.proxy.next({ fault, at: 'commit' }),
    );

    const attempt = await lossy.database.beginSession(async (dbSession) => {
      await create(dbSession, id);
      return dbSession.attempt;
    });

    await Promise.all(landings);
    expect(attempt).toBe(4);
    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });

  it.each<[string, (dbSession: DbWriteSession, id: string) => Promise<unknown>]>([
    ["SQL of one's own", (dbSession, id) => dbSession.sql`INSERT INTO entries VALUES (${id}::uuid, 'red', ${id})`],
    ['TypeORM', (dbSession, id) => dbSession.manager.insert(EntryRow, { id, team: 'red', label: id })],
    [
      "TypeORM's own transaction",
      (dbSession, id) =>
        dbSession.manager.transaction((manager) => manager.insert(EntryRow, { id, team: 'red', label: id })),
    ],
  ])('is resolved where %s began it', async (_, write) => {
    for (const fault of ['cutAfter', 'cutBefore'] as const) {
      const id = newId();
      const landing = lossy.proxy.next({ fault, at: 'commit' });

      await lossy.database.beginSession((dbSession) => write(dbSession, id));

      await landing;
      expect(await lossy.effects(id)).toEqual(['INSERT']);
    }
  });

  it('throws CommitNotStored if it may be run but once', async () => {
    const id = newId();
    void lossy.proxy.next({ fault: 'cutBefore', at: 'commit' });
    let runs = 0;

    const running = lossy.database.beginSession(
      (dbSession) => {
        runs++;
        return create(dbSession, id);
      },
      { maxAttempts: 1 },
    );

    await expect(running).rejects.toBeInstanceOf(CommitNotStored);
    await expect(running).rejects.toMatchObject({ outcome: 'not-committed', retryable: true });
    expect(runs).toBe(1);
    expect(await lossy.effects(id)).toEqual([]);
  });

  it('resolves for one that may be run but once, if it was committed', async () => {
    const id = newId();
    void lossy.proxy.next({ fault: 'cutAfter', at: 'commit' });

    await lossy.database.beginSession((dbSession) => create(dbSession, id), { maxAttempts: 1 });

    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });

  it('ends the server process that goes on without its client, and its locks with it', async () => {
    const id = newId();
    await lossy.ask(`INSERT INTO entries SELECT id, 'red', id::text FROM unnest(ARRAY[$1::uuid]) AS id`, [id]);
    const landing = lossy.proxy.next({ fault: 'clientCutServerHold', at: 'commit' });
    let process: number | undefined;

    const running = lossy.database.beginSession(
      async (dbSession) => {
        [{ process } = { process: undefined }] = await dbSession.sql<{ process: number }>`
          SELECT pg_backend_pid() AS process FROM entries WHERE id = ${id}::uuid FOR UPDATE`;
      },
      { maxAttempts: 1 },
    );
    await landing;
    await expect(running).rejects.toBeInstanceOf(CommitNotStored);

    expect(lossy.proxy.landed.clientCutServerHold).toBeGreaterThan(0);
    await withClient(lossy.url, (client) => client.query('SELECT FROM entries WHERE id = $1 FOR UPDATE NOWAIT', [id]));
    await lossy.becomes('SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1) AS gone', [process]);
  });

  it('is resolved while others hold all connections of the pool', async () => {
    const id = newId();
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const landing = lossy.proxy.next({ fault: 'cutAfter', at: 'commit' });

    const first = lossy.database.beginSession((dbSession) => create(dbSession, id));
    let second: Promise<void> = Promise.resolve();
    // The pool is of one connection, for which this one waits.
    await new Promise<void>((isHeld) => {
      second = lossy.database.beginSession(async (dbSession) => {
        await dbSession.sql`SELECT 1`;
        isHeld();
        await held;
      });
    });
    await landing;
    await first;

    expect(lossy.database.poolFigures()).toMatchObject({ total: 1, idle: 0 });
    expect(await lossy.effects(id)).toEqual(['INSERT']);
    letGo();
    await second;
  });

  it('does not run again what was committed perhaps, though a part of it had collided and was undone', async () => {
    const [mine, theirs, added] = [newId(), newId(), newId()];
    await lossy.ask(`INSERT INTO entries SELECT id, 'red', id::text FROM unnest($1::uuid[]) AS id`, [[mine, theirs]]);
    const landing = lossy.proxy.next({ fault: 'cutAfter', at: 'commit' });
    let runs = 0;

    const running = lossy.database.beginSession(
      async (dbSession) => {
        runs++;
        await create(dbSession, added);
        await dbSession.sql`SET LOCAL deadlock_timeout = '10ms'`;
        await withClient(lossy.url, async (other) => {
          await other.query("BEGIN; SET LOCAL deadlock_timeout = '60s'");
          await other.query('SELECT FROM entries WHERE id = $1 FOR UPDATE', [theirs]);
          const inSavepoint = dbSession.savepoint(async (inner) => {
            await inner.sql`SELECT FROM entries WHERE id = ${mine}::uuid FOR UPDATE`;
            const waiting = other.query('SELECT FROM entries WHERE id = $1 FOR UPDATE', [mine]);
            await lossy.becomes(
              `SELECT true FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
            );
            await inner.sql`SELECT FROM entries WHERE id = ${theirs}::uuid FOR UPDATE`.finally(() => waiting);
          });
          await expect(inSavepoint).rejects.toMatchObject({ sqlState: '40P01' });
          await other.query('ROLLBACK');
        });
      },
      { commit: 'one-trip' },
    );

    await expect(running).rejects.toBeInstanceOf(AmbiguousCommitError);
    await landing;
    expect(runs).toBe(1);
    expect(await lossy.effects(added)).toEqual(['INSERT']);
  });
});

describe('A dbSession over a stock pool whose COMMIT is not answered', () => {
  let stock: LossyDatabase;
  beforeAll(async () => {
    stock = await lossyDatabase({ pool: { extra: { max: 1 } } as Partial<DataSourceOptions> });
  });
  afterEach(() => stock.proxy.heal());
  afterAll(() => stock.close());

  it.each<[FaultKind, number]>([
    ['cutAfter', 1],
    ['resetAfter', 1],
    ['cutBefore', 2],
    ['clientCutServerHold', 2],
  ])('is done once as well, after %s: at attempt %i', async (fault, attempt) => {
    const id = newId();
    const landing = stock.proxy.next({ fault, at: 'commit' });

    const result = await stock.database.beginSession(async (dbSession) => {
      await create(dbSession, id);
      return dbSession.attempt;
    });

    await landing;
    expect(result).toBe(attempt);
    expect(await stock.effects(id)).toEqual(['INSERT']);
  });
});
