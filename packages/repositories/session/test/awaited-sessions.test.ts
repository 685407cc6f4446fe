import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { where } from '@holdfast/querier';
import {
  SESSION_STATUSES,
  SessionDependenciesUnmet,
  type SessionInfo,
  SessionIsAwaited,
  SessionIsNotPending,
  SessionResult,
  type SessionRow,
} from '../src/index.js';
import { withKernel } from './fixture/kernel-specs.js';
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

  it('keeps it so while it is deleted: it may be restored', async () => {
    const [waiter, failed] = await pair();
    await put(failed, 'TERMINATED', 'failure');
    await test.repository.delete(ofAlice, waiter.id);

    await expect(test.repository.purge(ofAlice, failed.id)).rejects.toBeInstanceOf(SessionIsAwaited);
    await test.repository.purge(ofAlice, waiter.id);
    expect(await test.repository.purge(ofAlice, failed.id)).toMatchObject({ id: failed.id });
  });

  it('keeps it so in every status but when it is over', async () => {
    for (const status of SESSION_STATUSES) {
      const [waiter, failed] = await pair();
      await put(failed, 'CANCELLED', null);
      await test.dataSource.query('ALTER TABLE sessions DISABLE TRIGGER sessions_dependencies_met');
      await put(waiter, status, null);
      await test.dataSource.query('ALTER TABLE sessions ENABLE TRIGGER sessions_dependencies_met');

      const outcome = await test.repository.purge(ofAlice, failed.id).catch((e: unknown) => e);

      if (['TERMINATED', 'CANCELLED'].includes(status)) expect(outcome).toMatchObject({ id: failed.id });
      else expect(outcome).toBeInstanceOf(SessionIsAwaited);
    }
  });

  it.each([
    ['the waiter first', [0, 1]],
    ['the awaited first', [1, 0]],
  ])('is purged together with it by one call: %s', async (_, [waiter, awaited]) => {
    const ids = [newId(), newId()].sort() as SessionId[];
    for (const id of ids) await test.repository.create(ofAlice, spec(alice, { id }));
    await test.repository.addDependencies(ofAlice, ids[waiter!]!, [ids[awaited!]!]);
    await test.repository.updateStatus(ofAlice, ids[awaited!]!, 'CANCELLED');

    const purged = await test.repository.batchPurge(ofAlice, where<SessionRow>({ id: { in: ids } }));

    expect(purged).toMatchObject({ count: 2 });
    expect(await test.dataSource.query('SELECT FROM session_dependencies')).toEqual([]);
  });

  it('keeps all that one call would purge while another waits for one of them', async () => {
    const [waiter, failed] = await pair();
    const [other, third] = await pair();
    await test.repository.addDependencies(ofAlice, other.id, [failed.id]);
    for (const one of [failed, third]) await put(one, 'TERMINATED', 'failure');

    const ids = [waiter.id, failed.id, third.id];
    const purging = test.repository.batchPurge(ofAlice, where<SessionRow>({ id: { in: ids } }));

    await expect(purging).rejects.toBeInstanceOf(SessionIsAwaited);
    expect(await test.repository.count(ofAlice, {})).toBe(4);
    expect((await test.repository.getDependencyGraph(ofAlice, other.id)).dependencies).toHaveLength(2);
  });
});

describe('a session is made to wait', () => {
  it('only while it is pending', async () => {
    for (const status of SESSION_STATUSES) {
      const [one, other] = await test.repository.bulkCreate(ofAlice, [spec(alice), spec(alice)]);
      await put(one!, status, null);

      const outcome: unknown = await test.repository
        .addDependencies(ofAlice, one!.id, [other!.id])
        .catch((e: unknown) => e);

      if (status === 'PENDING') expect(outcome).toBeUndefined();
      else {
        expect(outcome).toEqual(new SessionIsNotPending(one!.id));
        expect(outcome).toMatchObject({ code: 'session_update_conflict', httpStatus: 409 });
      }
    }
  });

  it('by its past, where that is possible: what it has started after has succeeded', async () => {
    const createdAt = new Date('2026-01-02T00:00:00Z');
    const [failed, succeeded] = await test.repository.bulkCreate(ofAlice, [spec(alice), spec(alice)]);
    await put(failed!, 'TERMINATED', 'failure');
    await put(succeeded!, 'TERMINATED', 'success');
    const take = (status: 'RUNNING' | 'CANCELLED', { id }: SessionInfo): Promise<unknown> =>
      test.repository.createWithKernels(ofAlice, withKernel(alice, { past: { status, createdAt }, dependsOn: [id] }));

    await expect(take('RUNNING', failed!)).rejects.toBeInstanceOf(SessionDependenciesUnmet);
    for (const taken of [take('RUNNING', succeeded!), take('CANCELLED', failed!)]) await taken;
    expect(await test.dataSource.query('SELECT FROM session_dependencies')).toHaveLength(2);
  });

  it('or is scheduled, where both are tried at the same time', async () => {
    for (let round = 0; round < 30; round++) {
      const [one, other] = await test.repository.bulkCreate(ofAlice, [spec(alice), spec(alice)]);
      const outcomes = await Promise.allSettled([
        test.repository.addDependencies(ofAlice, one!.id, [other!.id]),
        test.repository.updateStatus(ofAlice, one!.id, 'SCHEDULED'),
      ]);

      const reasons = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
      expect(reasons).toHaveLength(1);
      expect([SessionIsNotPending, SessionDependenciesUnmet].some((type) => reasons[0] instanceof type)).toBe(true);
    }
  });
});
