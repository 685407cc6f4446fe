import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agentId, type KernelId, resourceSlot } from '@holdfast/domain-types';
import {
  isLegalTransition,
  KernelStatusConflict,
  SESSION_STATUSES,
  SessionIsPending,
  SessionNotFound,
  type SessionStatus,
  type SessionWithKernels,
} from '../src/index.js';
import { readSessionWithDependencies } from '../src/read-session-with-dependencies.js';
import { withKernel, withKernels } from './fixture/kernel-specs.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const agent = agentId('i-a');
const first = ({ kernels }: SessionWithKernels): KernelId => kernels[0]!.id;
const outcome = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

/** A session with a kernel, both on the shortest way to a status. */
async function moved(to: SessionStatus): Promise<SessionWithKernels> {
  const created = await test.repository.createWithKernels(ofAlice, withKernel(alice));
  const { id } = created.session;
  await test.repository.updateStatus(ofAlice, id, 'SCHEDULED');
  for (const status of wayTo(to)) await test.repository.updateKernelStatus(ofAlice, first(created), status);
  return created;
}

function wayTo(to: SessionStatus): readonly SessionStatus[] {
  const ways: (readonly SessionStatus[])[] = [['PENDING']];
  for (const way of ways) {
    if (way.at(-1) === to) return way.slice(1);
    const next = SESSION_STATUSES.filter((one) => isLegalTransition(way.at(-1)!, one) && !way.includes(one));
    ways.push(...next.map((one) => [...way, one]));
  }
  throw new Error(`No way leads to ${to}.`);
}

describe('a kernel', () => {
  it('waits while its session does', async () => {
    const created = await test.repository.createWithKernels(ofAlice, withKernel(alice));
    for (const status of ['SCHEDULED', 'CANCELLED', 'ERROR'] as const) {
      const failure = await outcome(test.repository.updateKernelStatus(ofAlice, first(created), status));
      expect(failure).toBeInstanceOf(SessionIsPending);
      expect(failure).toMatchObject({ code: 'kernel_update_conflict', httpStatus: 409 });
    }
    await test.repository.updateStatus(ofAlice, created.session.id, 'SCHEDULED');

    expect(await test.repository.updateKernelStatus(ofAlice, first(created), 'SCHEDULED')).toMatchObject({
      status: 'SCHEDULED',
    });
  });

  it('notes when it was scheduled, as long as it is, and after', async () => {
    const created = await moved('PENDING');
    const id = first(created);
    expect(created.kernels[0]!.scheduledAt).toBeNull();

    const scheduled = await test.repository.updateKernelStatus(ofAlice, id, 'SCHEDULED', { agentId: agent });
    expect(scheduled.scheduledAt).toEqual(scheduled.statusChangedAt);
    const again = await test.repository.updateKernelStatus(ofAlice, id, 'PENDING');
    expect(again.scheduledAt).toBeNull();
    const { scheduledAt } = await test.repository.updateKernelStatus(ofAlice, id, 'SCHEDULED');
    const over = await test.repository.updateKernelStatus(ofAlice, id, 'CANCELLED');
    expect(over.scheduledAt).toEqual(scheduledAt);
  });

  it.each(['CANCELLED', 'ERROR'] as const)('that is %s without a place was never scheduled', async (status) => {
    const id = first(await moved('PENDING'));

    expect((await test.repository.updateKernelStatus(ofAlice, id, status)).scheduledAt).toBeNull();
  });

  const ends: Readonly<Record<SessionStatus, SessionStatus>> = {
    PENDING: 'CANCELLED',
    SCHEDULED: 'CANCELLED',
    PREPARING: 'CANCELLED',
    CREATING: 'CANCELLED',
    RUNNING: 'TERMINATED',
    TERMINATING: 'TERMINATED',
    TERMINATED: 'TERMINATED',
    CANCELLED: 'CANCELLED',
    ERROR: 'TERMINATED',
  };
  it.each(SESSION_STATUSES.flatMap((from) => [[from, 'CANCELLED'] as const, [from, 'TERMINATED'] as const]))(
    'that is %s ends as what it was when its session is %s',
    async (from, to) => {
      const created = await moved(from);
      const { id } = created.session;
      if (to === 'TERMINATED') await test.repository.updateStatus(ofAlice, id, 'TERMINATING');
      await test.repository.updateStatus(ofAlice, id, to);

      const [kernel] = await test.repository.listKernels(ofAlice, id);
      expect(kernel).toMatchObject({ status: ends[from], terminatedAt: expect.any(Date) as unknown });
      expect(kernel!.scheduledAt !== null).toBe(wayTo(from).includes('SCHEDULED'));
    },
  );

  it('waits again with its session, has no place, and uses nothing', async () => {
    const created = await test.repository.createWithKernels(ofAlice, withKernels(alice, 2));
    const { id } = created.session;
    const placed = first(created);
    await test.repository.updateStatus(ofAlice, id, 'SCHEDULED');
    await test.repository.updateKernelStatus(ofAlice, placed, 'SCHEDULED', { agentId: agent });
    await test.repository.occupySlots(ofAlice, placed, resourceSlot({ cpu: 1 }));

    const session = await test.repository.updateStatus(ofAlice, id, 'PENDING');

    const kernels = await test.repository.listKernels(ofAlice, id);
    expect(kernels).toMatchObject([
      { status: 'PENDING', agentId: null, scheduledAt: null, statusChangedAt: session.statusChangedAt },
      created.kernels[1]!,
    ]);
    expect((await test.repository.loadAllocationsBySession(ofAlice, [id]))[0]!.occupiedSlots).toEqual({});
  });

  it('never leaves a session behind that waits, whoever is first', async () => {
    for (let round = 0; round < 50; round++) {
      const created = await moved('PENDING');
      const [kernel] = await Promise.all([
        outcome(test.repository.updateKernelStatus(ofAlice, first(created), 'SCHEDULED', { agentId: agent })),
        test.repository.updateStatus(ofAlice, created.session.id, 'PENDING'),
      ]);

      if (kernel instanceof Error) {
        expect([SessionIsPending, KernelStatusConflict].some((one) => kernel instanceof one)).toBe(true);
      }
      const kernels = await test.repository.listKernels(ofAlice, created.session.id);
      expect(kernels).toMatchObject([{ status: 'PENDING', agentId: null, scheduledAt: null }]);
    }
  });
});

describe('getSessionWithDependencies within a dbSession that is no snapshot', () => {
  it('finds no session that was purged while it was read', async () => {
    const { id } = (await test.repository.createWithKernels(ofAlice, withKernel(alice))).session;
    let asked = 0;
    const reading = test.database.beginReadonlySession((dbSession) => {
      const execute = async (spec: never): Promise<never> => {
        if (++asked === 5) await test.repository.purge(ofAlice, id, { separate: true });
        return dbSession.execute(spec);
      };
      return readSessionWithDependencies({ execute }, ofAlice, id);
    });

    await expect(reading).rejects.toEqual(new SessionNotFound(id));
  });
});
