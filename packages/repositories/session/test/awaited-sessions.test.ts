import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  SESSION_STATUSES,
  SessionDependenciesUnmet,
  type SessionInfo,
  SessionIsAwaited,
  SessionResult,
} from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

/** A session that waits for another. */
async function pair(): Promise<readonly [waiter: SessionInfo, awaited: SessionInfo]> {
  const [waiter, awaited] = await test.repository.bulkCreate(ofAlice, [spec(alice), spec(alice)]);
  await test.repository.addDependencies(ofAlice, waiter!.id, [awaited!.id]);
  return [waiter!, awaited!];
}
const put = ({ id }: SessionInfo, status: string, result: string | null): Promise<unknown> =>
  test.dataSource.query('UPDATE sessions SET status = $2, result = $3 WHERE id = $1', [id, status, result]);

describe('a session that waits for another', () => {
  it('is scheduled when that has terminated with success, and in no other state of it', async () => {
    for (const status of SESSION_STATUSES) {
      for (const result of [null, ...Object.values(SessionResult)]) {
        const [waiter, awaited] = await pair();
        await put(awaited, status, result);

        const outcome = await test.repository.updateStatus(ofAlice, waiter.id, 'SCHEDULED').catch((e: unknown) => e);

        if (status === 'TERMINATED' && result === 'success') expect(outcome).toMatchObject({ status: 'SCHEDULED' });
        else expect(outcome).toBeInstanceOf(SessionDependenciesUnmet);
      }
    }
  });

  it('can be cancelled at any time, and starts without it where it waits no longer', async () => {
    const [waiter, awaited] = await pair();
    const [other, cancelled] = await pair();
    await test.repository.updateStatus(ofAlice, cancelled.id, 'CANCELLED');

    expect(await test.repository.updateStatus(ofAlice, other.id, 'CANCELLED')).toMatchObject({ status: 'CANCELLED' });
    await test.repository.removeDependencies(ofAlice, waiter.id, [awaited.id]);
    expect(await test.repository.updateStatus(ofAlice, waiter.id, 'SCHEDULED')).toMatchObject({ status: 'SCHEDULED' });
  });

  it('may wait for one that has succeeded and is deleted', async () => {
    const [waiter, awaited] = await pair();
    await put(awaited, 'TERMINATED', 'success');
    await test.repository.delete(ofAlice, awaited.id);

    expect(await test.repository.updateStatus(ofAlice, waiter.id, 'SCHEDULED')).toMatchObject({ status: 'SCHEDULED' });
  });

  it('keeps what it waits for from being purged, unless that has succeeded or it waits no longer', async () => {
    const [, failed] = await pair();
    await put(failed, 'TERMINATED', 'failure');
    const failure: unknown = await test.repository.purge(ofAlice, failed.id).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(SessionIsAwaited);
    expect(failure).toMatchObject({ code: 'session_purge_conflict', httpStatus: 409 });

    await put(failed, 'TERMINATED', 'success');
    expect(await test.repository.purge(ofAlice, failed.id)).toMatchObject({ id: failed.id });
    const [waiter, cancelled] = await pair();
    await test.repository.updateStatus(ofAlice, cancelled.id, 'CANCELLED');
    await test.repository.updateStatus(ofAlice, waiter.id, 'CANCELLED');
    expect(await test.repository.purge(ofAlice, cancelled.id)).toMatchObject({ id: cancelled.id });
  });
});
