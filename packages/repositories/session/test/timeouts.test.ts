import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { observeOperations } from '@holdfast/operation';
import { BulkheadPolicy, Resilience, RetryPolicy, TimedOut, TimeoutPolicy } from '@holdfast/resilience';
import { type SessionInfo, SessionRepositories, type SessionRepository, SessionStatus } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
let session: SessionInfo;
beforeAll(async () => void (test = await sessionDatabase()));
beforeEach(async () => void (session = await test.repository.create(ofAlice, spec(alice))));
afterEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));
afterAll(() => test.close());

const bulkhead = new BulkheadPolicy({ maxConcurrent: 2 });

function timing(maxRetries: number): SessionRepository {
  const policies = [
    new RetryPolicy({ maxRetries, retryDelayMs: 1 }),
    bulkhead,
    new TimeoutPolicy({ timeoutMs: 100, graceMs: 60_000 }),
  ];
  return SessionRepositories.create({ database: test.database, resilience: new Resilience({ policies }) }).repository;
}

/** Holds the rows of all sessions until the returned function is called. */
async function locked(): Promise<() => Promise<void>> {
  const runner = test.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query('SELECT * FROM sessions FOR UPDATE');
  let unlocking: Promise<void> | null = null;
  const unlock = async (): Promise<void> => {
    await runner.rollbackTransaction();
    await runner.release();
  };
  // Each attempt that runs out of time asks for it.
  return () => (unlocking ??= unlock());
}

describe('a repository whose attempts have a time', () => {
  it('cancels at the server what takes longer, and says that nothing of it is stored', async () => {
    const unlock = await locked();

    const error: unknown = await timing(1)
      .updateStatus(ofAlice, session.id, SessionStatus.SCHEDULED)
      .catch((reason: unknown) => reason);
    await unlock();

    expect(error).toBeInstanceOf(TimedOut);
    expect(error).toMatchObject({
      timeoutMs: 100,
      outcome: 'not-committed',
      retryable: true,
      cause: { code: 'database_generic_timeout' },
    });
    expect(await test.repository.get(ofAlice, session.id)).toEqual(session);
    expect(bulkhead.figures.running).toBe(0);
  });

  it('makes an attempt again that ran out of it', async () => {
    const unlock = await locked();
    const events: string[] = [];
    const stop = observeOperations(({ kind }) => {
      events.push(kind);
      if (kind === 'retried') void unlock();
    });

    const moved = await timing(50).updateStatus(ofAlice, session.id, SessionStatus.SCHEDULED);
    stop();

    expect(moved.status).toBe('SCHEDULED');
    expect(events.slice(0, 4)).toEqual(expect.arrayContaining(['timed-out', 'retried']));
    expect(bulkhead.figures.running).toBe(0);
  });
});
