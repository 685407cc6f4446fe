import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agentId, type KernelId, resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import {
  KernelIsElsewhere,
  KernelIsOver,
  KernelIsPending,
  SessionHasEndedKernels,
  SessionIsPending,
  type SessionWithKernels,
} from '../src/index.js';
import { withKernel, withKernels } from './fixture/kernel-specs.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const [here, there] = [agentId('i-a'), agentId('i-b')];
const cpu = (amount: number) => resourceSlot({ cpu: amount });
const caught = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);
const first = ({ kernels }: SessionWithKernels): KernelId => kernels[0]!.id;

/** A session that is scheduled, with its kernels on an agent. */
async function placed(count = 1): Promise<SessionWithKernels> {
  const created = await test.repository.createWithKernels(ofAlice, withKernels(alice, count));
  await test.repository.updateStatus(ofAlice, created.session.id, 'SCHEDULED');
  for (const { id } of created.kernels) {
    await test.repository.updateKernelStatus(ofAlice, id, 'SCHEDULED', { agentId: here });
  }
  return created;
}

async function occupied(id: KernelId): Promise<unknown> {
  return (await test.repository.loadAllocationsByKernel(ofAlice, [id]))[0]!.occupiedSlots;
}

describe('a kernel that waits', () => {
  it('uses nothing: what the agent that it was on reports later is refused', async () => {
    const created = await placed();
    const { id } = created.session;
    await test.repository.updateStatus(ofAlice, id, 'PENDING');

    const late: unknown = await caught(test.repository.occupySlots(ofAlice, first(created), cpu(1)));

    expect(late).toEqual(new KernelIsPending(first(created)));
    expect(late).toMatchObject({ code: 'kernel_update_conflict', httpStatus: 409 });
    await test.repository.updateStatus(ofAlice, id, 'SCHEDULED');
    await test.repository.updateKernelStatus(ofAlice, first(created), 'SCHEDULED', { agentId: there });
    expect(await occupied(first(created))).toEqual({});
  });

  it('uses nothing when it is scheduled, whatever was written of it while it waited', async () => {
    const created = await placed();
    const { id } = created.session;
    await test.repository.updateStatus(ofAlice, id, 'PENDING');
    await test.dataSource.query('UPDATE resource_allocations SET used = 1 WHERE kernel_id = $1', [first(created)]);
    await test.repository.updateStatus(ofAlice, id, 'SCHEDULED');

    await test.repository.updateKernelStatus(ofAlice, first(created), 'SCHEDULED', { agentId: there });

    expect(await occupied(first(created))).toEqual({});
  });

  it('holds nothing in the end where a report comes while it is made to wait', async () => {
    for (let round = 0; round < 30; round++) {
      const created = await placed();
      const [, report] = await Promise.all([
        test.repository.updateStatus(ofAlice, created.session.id, 'PENDING'),
        caught(test.repository.occupySlots(ofAlice, first(created), cpu(1))),
      ]);

      if (report !== undefined) expect(report).toBeInstanceOf(KernelIsPending);
      expect(await occupied(first(created))).toEqual({});
    }
  });

  it('is not created with what it uses', async () => {
    const createdAt = new Date('2026-01-02T00:00:00Z');
    const past = { status: 'PENDING', createdAt, usedSlots: cpu(1) } as const;

    const creating = test.repository.createWithKernels(ofAlice, withKernel(alice, { kernels: [{ past }] }));

    await expect(creating).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/kernels/0/past/usedSlots' });
  });

  it('has no place, also where it alone waits again, and is given none', async () => {
    const created = await placed();

    const waiting = await test.repository.updateKernelStatus(ofAlice, first(created), 'PENDING');
    expect(waiting).toMatchObject({ agentId: null, scheduledAt: null });
    expect(await test.repository.updateKernelStatus(ofAlice, first(created), 'SCHEDULED')).toMatchObject({
      agentId: null,
    });
    const given: unknown = await caught(
      test.repository.updateKernelStatus(ofAlice, first(created), 'PENDING', { agentId: here }),
    );
    expect(given).toBeInstanceOf(InvalidInput);
    expect(given).toMatchObject({ pointer: '/agentId' });
  });

  it.each(['repeatable read', 'serializable'] as const)(
    'waits though a %s snapshot is older than the move of its session',
    async (isolation) => {
      const created = await placed();
      const { id } = created.session;
      await test.repository.updateKernelStatus(ofAlice, first(created), 'PENDING');
      let runs = 0;
      const moving = test.database.beginSession(
        async (dbSession) => {
          const repository = test.repository.within(dbSession);
          await repository.listKernels(ofAlice, id);
          if (++runs === 1) await test.repository.updateStatus(ofAlice, id, 'PENDING', { separate: true });
          return repository.updateKernelStatus(ofAlice, first(created), 'SCHEDULED', { agentId: here });
        },
        { isolation },
      );

      expect(await caught(moving)).toBeInstanceOf(SessionIsPending);
      expect(await test.repository.listKernels(ofAlice, id)).toMatchObject([{ status: 'PENDING', agentId: null }]);
    },
  );
});

describe('a report of what a kernel uses', () => {
  it('counts from the agent that the kernel is on, where it says which it is from', async () => {
    const created = await placed();
    const report = (amount: number, from: typeof here) =>
      test.repository.occupySlots(ofAlice, first(created), cpu(amount), { agentId: from });
    await report(1, here);

    const stray: unknown = await caught(report(2, there));

    expect(stray).toEqual(new KernelIsElsewhere(first(created), there));
    expect(stray).toMatchObject({ code: 'kernel_update_conflict', httpStatus: 409 });
    expect(await occupied(first(created))).toEqual({ cpu: '1' });
    await expect(report(2, '' as typeof here)).rejects.toMatchObject({ pointer: '/agentId' });
    await test.repository.updateKernelStatus(ofAlice, first(created), 'CANCELLED');
    await expect(report(2, there)).rejects.toBeInstanceOf(KernelIsOver);
  });
});

describe('a session of which a kernel is over', () => {
  it('is not scheduled anew: it stays what it was, with all its kernels', async () => {
    const created = await placed(2);
    const { id } = created.session;
    await test.repository.updateKernelStatus(ofAlice, first(created), 'CANCELLED');
    const before = await test.repository.getSessionWithDependencies(ofAlice, id);

    const failure: unknown = await caught(test.repository.updateStatus(ofAlice, id, 'PENDING'));

    expect(failure).toBeInstanceOf(SessionHasEndedKernels);
    expect(failure).toMatchObject({ code: 'session_update_conflict', httpStatus: 409 });
    expect(await test.repository.getSessionWithDependencies(ofAlice, id)).toEqual(before);
  });

  it('never waits, whichever of the two is first', async () => {
    for (let round = 0; round < 30; round++) {
      const created = await placed();
      const { id } = created.session;
      await Promise.all([
        caught(test.repository.updateKernelStatus(ofAlice, first(created), 'CANCELLED')),
        caught(test.repository.updateStatus(ofAlice, id, 'PENDING')),
      ]);

      const { session, kernels } = await test.repository.getSessionWithDependencies(ofAlice, id);
      expect([session.status, kernels[0]!.status]).not.toEqual(['PENDING', 'CANCELLED']);
    }
  });

  it('leaves what that has held as it was, where it changes what it asks for', async () => {
    const { session, kernels } = await test.repository.createWithKernels(ofAlice, withKernel(alice));
    // No move leads there: somebody wrote past the triggers.
    await test.dataSource.query(`
      ALTER TABLE kernels DISABLE TRIGGER kernels_session_scheduled;
      UPDATE kernels SET status = 'CANCELLED', status_changed_at = now(), terminated_at = now();
      ALTER TABLE kernels ENABLE TRIGGER kernels_session_scheduled`);
    const allocations = () => test.dataSource.query<unknown[]>('SELECT * FROM resource_allocations ORDER BY slot_name');
    const [held, ended] = [await allocations(), await test.repository.listKernels(ofAlice, session.id)];

    await test.repository.update(ofAlice, session.id, { requestedSlots: cpu(9) });

    expect(kernels).toHaveLength(1);
    expect(await allocations()).toEqual(held);
    expect(await test.repository.listKernels(ofAlice, session.id)).toEqual(ended);
  });
});
