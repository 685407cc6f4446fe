import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type KernelId, resourceSlot, slotsAreEqual, sumSlots } from '@holdfast/domain-types';
import { operationKey, OperationKeyReused } from '@holdfast/base';
import { Misuse } from '@holdfast/errors';
import fc from 'fast-check';
import { KernelIsOver, KernelNotFound, type ResourceAllocation, type SessionWithKernels } from '../src/index.js';
import { withKernels } from './fixture/kernel-specs.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, nobody, ofAlice, ofBob } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const past = { status: 'SCHEDULED', createdAt: new Date('2026-01-02T00:00:00Z') } as const;
const twoKernels = (): Promise<SessionWithKernels> =>
  test.repository.createWithKernels(ofAlice, withKernels(alice, 2, { past }));
const noKernel = nobody as string as KernelId;

describe('the allocations of kernels', () => {
  it('are what was asked for until something is occupied, and are summed by kernel and by session', async () => {
    const { session, kernels } = await twoKernels();
    const [first, second] = kernels.map(({ id }) => id) as [KernelId, KernelId];
    await test.repository.occupySlots(ofAlice, first, resourceSlot({ cpu: '0.1', 'cuda.shares': '0.5' }));
    await test.repository.occupySlots(ofAlice, second, resourceSlot({ cpu: '0.2', 'cuda.shares': '0.5' }));

    expect(await test.repository.loadAllocationsBySession(ofAlice, [nobody, session.id])).toEqual([
      null,
      { requestedSlots: { cpu: '2', 'cuda.shares': '0' }, occupiedSlots: { cpu: '0.3', 'cuda.shares': '1' } },
    ]);
    const byKernel = await test.repository.loadAllocationsByKernel(ofAlice, [second, noKernel, first]);
    expect(byKernel.map((one) => one?.occupiedSlots ?? null)).toEqual([
      { cpu: '0.2', 'cuda.shares': '0.5' },
      null,
      { cpu: '0.1', 'cuda.shares': '0.5' },
    ]);
    expect([byKernel, byKernel[0], byKernel[0]!.occupiedSlots].every(Object.isFrozen)).toBe(true);
  });

  it('are replaced by what is occupied next', async () => {
    const { kernels } = await twoKernels();
    const { id } = kernels[0]!;
    await test.repository.occupySlots(ofAlice, id, resourceSlot({ cpu: 1, mem: 5 }));
    await test.repository.occupySlots(ofAlice, id, resourceSlot({ mem: 7 }));

    expect(await test.repository.loadAllocationsByKernel(ofAlice, [id])).toEqual([
      { requestedSlots: { cpu: '1', mem: '0' }, occupiedSlots: { cpu: '0', mem: '7' } },
    ]);
  });

  it('hold nothing once the kernel is over, and a kernel that is over occupies nothing', async () => {
    const { session, kernels } = await twoKernels();
    const [first, second] = kernels.map(({ id }) => id) as [KernelId, KernelId];
    for (const id of [first, second]) await test.repository.occupySlots(ofAlice, id, resourceSlot({ cpu: 1 }));

    await test.repository.updateKernelStatus(ofAlice, first, 'CANCELLED');
    expect((await test.repository.loadAllocationsBySession(ofAlice, [session.id]))[0]!.occupiedSlots).toEqual({
      cpu: '1',
    });
    await expect(test.repository.occupySlots(ofAlice, first, resourceSlot({ cpu: 1 }))).rejects.toEqual(
      new KernelIsOver(first),
    );

    await test.repository.updateStatus(ofAlice, session.id, 'CANCELLED');
    expect((await test.repository.loadAllocationsBySession(ofAlice, [session.id]))[0]).toEqual({
      requestedSlots: { cpu: '2' },
      occupiedSlots: {},
    });
    expect(await test.repository.listKernels(ofAlice, session.id)).toMatchObject([
      { status: 'CANCELLED', terminatedAt: expect.any(Date) as unknown },
      { status: 'CANCELLED', terminatedAt: expect.any(Date) as unknown },
    ]);
  });

  it('are neither seen nor changed by others', async () => {
    const { session, kernels } = await twoKernels();
    const { id } = kernels[0]!;

    expect(await test.repository.loadAllocationsBySession(ofBob, [session.id])).toEqual([null]);
    expect(await test.repository.loadAllocationsByKernel(ofBob, [id])).toEqual([null]);
    for (const kernel of [id, noKernel]) {
      const failure = test.repository.occupySlots(ofBob, kernel, resourceSlot({ cpu: 1 }));
      await expect(failure).rejects.toEqual(new KernelNotFound(kernel));
    }
  });

  it('hold nothing in the end where a kernel occupies something while it ends', async () => {
    for (let round = 0; round < 50; round++) {
      const { session, kernels } = await twoKernels();
      const { id } = kernels[0]!;
      const [, occupied] = await Promise.allSettled([
        test.repository.updateStatus(ofAlice, session.id, 'CANCELLED'),
        test.repository.occupySlots(ofAlice, id, resourceSlot({ cpu: 1 })),
      ]);

      if (occupied.status === 'rejected') expect(occupied.reason).toBeInstanceOf(KernelIsOver);
      expect((await test.repository.loadAllocationsByKernel(ofAlice, [id]))[0]!.occupiedSlots).toEqual({});
    }
  });

  it('are those of one report where two come at the same time', async () => {
    for (let round = 0; round < 50; round++) {
      const { kernels } = await twoKernels();
      const { id } = kernels[0]!;
      const reports = [resourceSlot({ cpu: 1, mem: 1 }), resourceSlot({ cpu: 2, 'cuda.shares': 1 })];
      await Promise.all(reports.map((slots) => test.repository.occupySlots(ofAlice, id, slots)));

      const [{ occupiedSlots }] = (await test.repository.loadAllocationsByKernel(ofAlice, [id])) as [
        ResourceAllocation,
      ];
      expect(reports.some((slots) => slotsAreEqual(slots, occupiedSlots))).toBe(true);
    }
  });

  it('are not occupied from a snapshot, which would not see the report of another', async () => {
    const { kernels } = await twoKernels();
    for (const isolation of ['repeatable read', 'serializable'] as const) {
      const occupied = test.database.beginSession(
        (dbSession) => test.repository.within(dbSession).occupySlots(ofAlice, kernels[0]!.id, resourceSlot({ cpu: 1 })),
        { isolation },
      );
      await expect(occupied).rejects.toBeInstanceOf(Misuse);
    }
  });

  it('happen once under an operation key', async () => {
    const { kernels } = await twoKernels();
    const { id } = kernels[0]!;
    const key = { operationKey: operationKey('report', { keepResult: true }) };
    await test.repository.occupySlots(ofAlice, id, resourceSlot({ cpu: 1 }), key);
    await test.repository.occupySlots(ofAlice, id, resourceSlot({ cpu: 2 }));

    await test.repository.occupySlots(ofAlice, id, resourceSlot({ cpu: 1 }), key);

    expect((await test.repository.loadAllocationsByKernel(ofAlice, [id]))[0]!.occupiedSlots).toEqual({ cpu: '2' });
    const another = test.repository.occupySlots(ofAlice, id, resourceSlot({ cpu: 3 }), key);
    await expect(another).rejects.toBeInstanceOf(OperationKeyReused);
  });

  it('are summed exactly, whatever the amounts', async () => {
    const amount = fc.tuple(fc.bigInt(0n, 10n ** 39n), fc.bigInt(0n, 10n ** 20n - 1n)).map(([whole, part]) => {
      return `${whole}.${part.toString().padStart(20, '0')}`;
    });
    const slots = fc.dictionary(fc.constantFrom('cpu', 'mem', 'cuda.shares'), amount).map((one) => resourceSlot(one));
    const { session, kernels } = await twoKernels();
    await fc.assert(
      fc.asyncProperty(slots, slots, async (a, b) => {
        await test.repository.occupySlots(ofAlice, kernels[0]!.id, a);
        await test.repository.occupySlots(ofAlice, kernels[1]!.id, b);
        const [sum] = await test.repository.loadAllocationsBySession(ofAlice, [session.id]);
        expect(slotsAreEqual(sum!.occupiedSlots, sumSlots([a, b]))).toBe(true);
        expect(resourceSlot(sum!.occupiedSlots)).toEqual(sum!.occupiedSlots);
      }),
      { numRuns: 40 },
    );
  });
});
