import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resourceSlot, scalingGroupName } from '@holdfast/domain-types';
import { SESSION_STATUSES, SessionHoldsResources, SessionRequestFixed } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { withKernel, withKernels } from './fixture/kernel-specs.js';
import { alice, ofAlice } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

const createdAt = new Date('2026-01-01T00:00:00Z');
const caught = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

describe.each(SESSION_STATUSES)('a session that is %s', (status) => {
  const create = async () =>
    (await test.repository.createWithKernels(ofAlice, withKernel(alice, { past: { status, createdAt } }))).session;

  it('is deleted and purged where it holds nothing', async () => {
    const session = await create();
    const isFree = ['PENDING', 'TERMINATED', 'CANCELLED'].includes(status);

    const outcomes = [
      await caught(test.repository.delete(ofAlice, session.id)),
      await caught(test.repository.purge(ofAlice, session.id)),
    ];

    if (isFree) expect(outcomes[0]).toMatchObject({ id: session.id });
    else {
      expect(outcomes.every((one) => one instanceof SessionHoldsResources)).toBe(true);
      expect(outcomes).toMatchObject([{ code: 'session_soft-delete_conflict' }, { code: 'session_purge_conflict' }]);
      expect(await test.repository.get(ofAlice, session.id)).toEqual(session);
    }
  });

  it('changes what it asks for while it is pending, and its kernel with it', async () => {
    const { id } = await create();
    const change = {
      requestedSlots: resourceSlot({ cpu: 2, 'cuda.shares': 1 }),
      scalingGroupName: scalingGroupName('new'),
    };

    const outcome = await caught(test.repository.update(ofAlice, id, change));

    if (status !== 'PENDING') {
      expect(outcome).toBeInstanceOf(SessionRequestFixed);
      const same = { scalingGroupName: scalingGroupName('default'), priority: 5 };
      expect(await test.repository.update(ofAlice, id, same)).toMatchObject({ priority: 5 });
      return;
    }
    expect(outcome).toMatchObject(change);
    const { kernels, allocation } = await test.repository.getSessionWithDependencies(ofAlice, id);
    expect(kernels).toMatchObject([{ requestedSlots: change.requestedSlots }]);
    expect(allocation).toEqual({ requestedSlots: change.requestedSlots, occupiedSlots: {} });
  });
});

it('the slots of several kernels are not changed by their sum', async () => {
  const { session } = await test.repository.createWithKernels(ofAlice, withKernels(alice, 2));

  const update = test.repository.update(ofAlice, session.id, { requestedSlots: resourceSlot({ cpu: 9 }) });
  await expect(update).rejects.toBeInstanceOf(SessionRequestFixed);
});
