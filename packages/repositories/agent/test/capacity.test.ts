import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type AgentId,
  addSlots,
  type ResourceSlot,
  resourceSlot,
  slotsAreEqual,
  subtractSlots,
} from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { batchQuerier } from '@holdfast/querier';
import fc from 'fast-check';
import {
  AgentCapacityExceeded,
  agentConflictChecks,
  AgentHasActiveKernels,
  AgentNotFound,
  AgentOrders,
  AgentRepositories,
  type AgentRow,
  type AgentWithCapacity,
} from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, nobody, spec } from './fixture/agents.js';
import { placeKernel } from './fixture/place-kernel.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents, kernels CASCADE'));

const availableSlots = resourceSlot({ cpu: 4, 'cuda.shares': '1.5' });
const agent = () => test.repository.create(inBlue, spec(blue, { availableSlots }));
const cpu = (requested: string) => [{ slot: 'cpu', requested }];
const locking = (id: AgentId, slots: ResourceSlot, scope = inBlue): Promise<AgentWithCapacity> =>
  test.database.beginSession((dbSession) => test.repository.within(dbSession).lockCapacity(scope, id, slots));

describe('what is left of an agent', () => {
  it('is what its live kernels do not hold, exactly', async () => {
    const joined = await agent();
    await placeKernel(test.dataSource, joined.id, [
      { slot: 'cuda.shares', requested: '1', used: '0.1' },
      ...cpu('1.5'),
    ]);
    await placeKernel(test.dataSource, joined.id, [{ slot: 'cuda.shares', requested: '0.2' }], 'SCHEDULED');

    const capacity = await test.repository.getAgentCapacity(inBlue, joined.id);

    expect(capacity).toEqual({
      ...joined,
      occupiedSlots: { cpu: '1.5', 'cuda.shares': '0.3' },
      freeSlots: { cpu: '2.5', 'cuda.shares': '1.2' },
    });
    expect([capacity, capacity.occupiedSlots, capacity.freeSlots].every(Object.isFrozen)).toBe(true);
  });

  it('is told of agents of the scope alone, deleted ones where they are asked for', async () => {
    const { id } = await agent();
    await placeKernel(test.dataSource, id, cpu('1'));
    await test.repository.delete(inBlue, id);

    for (const [scope, one] of [
      [inRed, id],
      [inBlue, id],
      [inBlue, nobody],
    ] as const) {
      await expect(test.repository.getAgentCapacity(scope, one)).rejects.toEqual(new AgentNotFound(one));
    }
    const deleted = await test.repository.getAgentCapacity(inBlue, id, { includeDeleted: true });
    expect(deleted.occupiedSlots).toEqual({ cpu: '1' });
    await test.dataSource.query(`UPDATE kernels SET status = 'TERMINATED'`);
    await test.repository.restore(inBlue, id);
    expect((await test.repository.getAgentCapacity(inBlue, id)).occupiedSlots).toEqual({});
  });

  it('is the sum over kernels in memory, whatever became of them', async () => {
    const amount = fc.nat(300).map((hundredths) => (hundredths / 100).toFixed(2));
    const holding = fc.record({ requested: amount, used: fc.option(amount), isFreed: fc.boolean() });
    const kernel = fc.record({
      status: fc.constantFrom('PENDING', 'SCHEDULED', 'RUNNING', 'TERMINATING', 'TERMINATED', 'CANCELLED', 'ERROR'),
      isHere: fc.boolean(),
      holdings: fc.dictionary(fc.constantFrom('cpu', 'cuda.shares', 'tpu'), holding),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(kernel, { maxLength: 6 }), async (kernels) => {
        const [here, elsewhere] = [await agent(), await agent()];
        let occupied = resourceSlot({});
        for (const { status, isHere, holdings } of kernels) {
          const held = Object.entries(holdings).map(([slot, one]) => ({ slot, ...one }));
          await placeKernel(test.dataSource, isHere ? here.id : elsewhere.id, held, status);
          if (!isHere || ['PENDING', 'TERMINATED', 'CANCELLED'].includes(status)) continue;
          for (const { slot, requested, used, isFreed } of held) {
            if (!isFreed) occupied = addSlots(occupied, resourceSlot({ [slot]: used ?? requested }));
          }
        }

        const { occupiedSlots, freeSlots } = await test.repository.getAgentCapacity(inBlue, here.id);
        expect(slotsAreEqual(occupiedSlots, occupied)).toBe(true);
        expect(slotsAreEqual(freeSlots, subtractSlots(availableSlots, occupied))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('comes with a page of agents', async () => {
    const [first, second] = [await agent(), await agent()];
    await placeKernel(test.dataSource, second.id, cpu('1'));
    await test.repository.update(inBlue, second.id, { availableSlots: resourceSlot({ cpu: '0.5' }) });

    const querier = batchQuerier<AgentRow>({
      orders: [AgentOrders.firstContact()],
      pagination: { first: 2 },
      total: 'exact',
    });
    const { items, total, hasNextPage } = await test.repository.listAgentsWithCapacity(inBlue, querier);

    expect(items[0]).toEqual({ ...first, occupiedSlots: {}, freeSlots: availableSlots });
    expect(items[1]).toMatchObject({ id: second.id, freeSlots: { cpu: '-0.5' } });
    expect([total, hasNextPage]).toEqual([{ value: 2, exact: true }, false]);
    expect((await test.repository.listAgentsWithCapacity(inRed, querier)).items).toEqual([]);
  });
});

describe('lockCapacity', () => {
  it('refuses what is more than there is left', async () => {
    const { id } = await agent();
    await placeKernel(test.dataSource, id, cpu('3'));

    for (const slots of [{ cpu: '1.1' }, { 'cuda.shares': 1, cpu: 2 }, { tpu: 1 }]) {
      const failure: unknown = await locking(id, resourceSlot(slots as Record<string, number>)).catch(
        (e: unknown) => e,
      );
      expect(failure).toBeInstanceOf(AgentCapacityExceeded);
      expect(failure).toMatchObject({ code: 'agent_check-limit_conflict', httpStatus: 409, agentId: id });
    }
    expect((await locking(id, resourceSlot({ cpu: 1, tpu: 0 }))).freeSlots).toEqual({ cpu: '1', 'cuda.shares': '1.5' });
  });

  it('is refused for what is no amount, and so are agents that have it', async () => {
    const { id } = await agent();
    for (const [slots, at] of [
      [subtractSlots(resourceSlot({}), resourceSlot({ cpu: 5 })), '/cpu'],
      [{ cpu: 'abc' }, '/cpu'],
      ['x', ''],
      [[], ''],
    ] as const) {
      const given = slots as ResourceSlot;
      await expect(locking(id, given)).rejects.toMatchObject({ pointer: `/slots${at}` });
      const update = test.repository.update(inBlue, id, { availableSlots: given });
      await expect(update).rejects.toMatchObject({ pointer: `/availableSlots${at}` });
      const upsert = test.repository.upsert(inBlue, spec(blue, { availableSlots: given }));
      await expect(upsert).rejects.toMatchObject({ pointer: `/availableSlots${at}` });
    }
  });

  it('knows no foreign, missing or deleted agent', async () => {
    const { id } = await agent();
    const one = resourceSlot({ cpu: 1 });
    await expect(locking(id, one, inRed)).rejects.toEqual(new AgentNotFound(id));
    await expect(locking(nobody, one)).rejects.toEqual(new AgentNotFound(nobody));
    await test.repository.delete(inBlue, id);
    await expect(locking(id, one)).rejects.toEqual(new AgentNotFound(id));
  });

  it('is refused where its lock would be gone at once, and where older rows would be summed', async () => {
    const { id } = await agent();
    const one = resourceSlot({ cpu: 1 });

    await expect(test.repository.lockCapacity(inBlue, id, one)).rejects.toBeInstanceOf(Misuse);
    const old = test.database.beginSession(
      (dbSession) => test.repository.within(dbSession).lockCapacity(inBlue, id, one),
      { isolation: 'repeatable read' },
    );
    await expect(old).rejects.toBeInstanceOf(Misuse);
  });

  it('lets no more be placed than there is, where many place at once', async () => {
    for (let round = 0; round < 25; round++) {
      const { id } = await agent();
      const placing = (): Promise<unknown> =>
        test.database.beginSession(async (dbSession) => {
          await test.repository.within(dbSession).lockCapacity(inBlue, id, resourceSlot({ cpu: 1 }));
          await placeKernel(dbSession.manager, id, cpu('1'), 'SCHEDULED');
        });
      const placed = await Promise.allSettled(Array.from({ length: 6 }, placing));

      const failures = placed.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(failures).toHaveLength(2);
      for (const failure of failures) expect(failure).toBeInstanceOf(AgentCapacityExceeded);
      expect((await test.repository.getAgentCapacity(inBlue, id)).freeSlots['cpu']).toBe('0');
    }
  });
});

it.each(['RUNNING', 'PENDING', 'ERROR'])('an agent is not purged while a kernel on it is %s', async (status) => {
  const whose = { column: 'status', in: ['PENDING', 'RUNNING', 'ERROR'] };
  const conflictChecks = agentConflictChecks({ activeKernels: { table: 'kernels', column: 'agent_id', whose } });
  const { repository } = AgentRepositories.create({ database: test.database, conflictChecks });
  const { id } = await agent();
  await placeKernel(test.dataSource, id, cpu('1'), status);
  await repository.delete(inBlue, id);

  const failure: unknown = await repository.purge(inBlue, id).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AgentHasActiveKernels);
  expect(failure).toMatchObject({ code: 'agent_purge_conflict', httpStatus: 409 });
  await test.dataSource.query(`UPDATE kernels SET status = 'TERMINATED'`);
  expect(await repository.purge(inBlue, id)).toMatchObject({ id });
});
