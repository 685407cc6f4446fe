import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  addSlots,
  type ResourceSlot,
  resourceSlot,
  slotsAreEqual,
  slotsFit,
  subtractSlots,
} from '@holdfast/domain-types';
import { operationKey, OperationKeyReused } from '@holdfast/base';
import { batchQuerier } from '@holdfast/querier';
import fc from 'fast-check';
import {
  AgentCapacityExceeded,
  AgentNotFound,
  AgentOrders,
  type AgentRow,
  AgentSlotsNotOccupied,
} from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, nobody, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

const availableSlots = resourceSlot({ cpu: 4, 'cuda.shares': '1.5' });
const agent = () => test.repository.create(inBlue, spec(blue, { availableSlots }));

describe('occupy and release', () => {
  it('are refused for what is no amount, and so are agents that have it', async () => {
    const { id } = await agent();
    for (const [slots, at] of [
      [subtractSlots(resourceSlot({}), resourceSlot({ cpu: 5 })), '/cpu'],
      [{ cpu: 'abc' }, '/cpu'],
      ['x', ''],
      [[], ''],
    ] as const) {
      const given = slots as ResourceSlot;
      await expect(test.repository.occupy(inBlue, id, given)).rejects.toMatchObject({ pointer: `/slots${at}` });
      await expect(test.repository.release(inBlue, id, given)).rejects.toMatchObject({ pointer: `/slots${at}` });
      const update = test.repository.update(inBlue, id, { availableSlots: given });
      await expect(update).rejects.toMatchObject({ pointer: `/availableSlots${at}` });
      const upsert = test.repository.upsert(inBlue, spec(blue, { availableSlots: given }));
      await expect(upsert).rejects.toMatchObject({ pointer: `/availableSlots${at}` });
    }
  });

  it('change what is left, exactly', async () => {
    const { id } = await agent();
    await test.repository.occupy(inBlue, id, resourceSlot({ 'cuda.shares': '0.1' }));

    const left = await test.repository.occupy(inBlue, id, resourceSlot({ cpu: 4, 'cuda.shares': '0.2' }));
    expect(left).toEqual({
      id,
      availableSlots,
      occupiedSlots: { cpu: '4', 'cuda.shares': '0.3' },
      freeSlots: { cpu: '0', 'cuda.shares': '1.2' },
    });
    expect([left, left.occupiedSlots, left.freeSlots].every(Object.isFrozen)).toBe(true);

    const released = await test.repository.release(inBlue, id, resourceSlot({ cpu: 4, 'cuda.shares': '0.1' }));
    expect(released.occupiedSlots).toEqual({ 'cuda.shares': '0.2' });
    expect(await test.repository.getAgentCapacity(inBlue, id)).toEqual(released);
  });

  it('refuse what is more than there is, and do nothing by halves', async () => {
    const { id } = await agent();
    await test.repository.occupy(inBlue, id, resourceSlot({ cpu: 3 }));
    const before = await test.rows();

    for (const slots of [{ cpu: '1.1' }, { 'cuda.shares': 1, cpu: 2 }, { tpu: 1 }]) {
      const failure: unknown = await test.repository
        .occupy(inBlue, id, resourceSlot(slots as Record<string, number>))
        .catch((e: unknown) => e);
      expect(failure).toBeInstanceOf(AgentCapacityExceeded);
      expect(failure).toMatchObject({ code: 'agent_check-limit_conflict', httpStatus: 409, agentId: id });
    }
    for (const slots of [{ cpu: '3.1' }, { cpu: 1, 'cuda.shares': 1 }]) {
      const failure: unknown = await test.repository
        .release(inBlue, id, resourceSlot(slots as Record<string, number>))
        .catch((e: unknown) => e);
      expect(failure).toBeInstanceOf(AgentSlotsNotOccupied);
      expect(failure).toMatchObject({ code: 'agent_update_conflict', httpStatus: 409, agentId: id });
    }
    expect(await test.rows()).toEqual(before);
  });

  it('pass over zeros, also of slots that the agent does not have', async () => {
    const { id } = await agent();

    const left = await test.repository.occupy(inBlue, id, resourceSlot({ cpu: 0, tpu: 0 }));
    expect(left.occupiedSlots).toEqual({});
  });

  it('know no foreign, missing or deleted agent', async () => {
    const { id } = await agent();
    const cpu = resourceSlot({ cpu: 1 });
    await expect(test.repository.occupy(inRed, id, cpu)).rejects.toEqual(new AgentNotFound(id));
    await expect(test.repository.getAgentCapacity(inRed, id)).rejects.toEqual(new AgentNotFound(id));
    await expect(test.repository.release(inBlue, nobody, cpu)).rejects.toEqual(new AgentNotFound(nobody));
    await test.repository.delete(inBlue, id);
    await expect(test.repository.occupy(inBlue, id, cpu)).rejects.toEqual(new AgentNotFound(id));
  });

  it('lose nothing where many occupy and release at once, and never exceed the capacity', async () => {
    for (let round = 0; round < 25; round++) {
      const { id } = await agent();
      const cpu = resourceSlot({ cpu: 1 });
      const taken = await Promise.allSettled(Array.from({ length: 6 }, () => test.repository.occupy(inBlue, id, cpu)));

      const failures = taken.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(failures).toHaveLength(2);
      for (const failure of failures) expect(failure).toBeInstanceOf(AgentCapacityExceeded);
      expect((await test.repository.getAgentCapacity(inBlue, id)).freeSlots['cpu']).toBe('0');

      await Promise.all(Array.from({ length: 4 }, () => test.repository.release(inBlue, id, cpu)));
      expect((await test.repository.getAgentCapacity(inBlue, id)).occupiedSlots).toEqual({});
    }
  });

  it('happen once under an operation key', async () => {
    const { id } = await agent();
    const key = { operationKey: operationKey('place a kernel') };
    const cpu = resourceSlot({ cpu: 1 });

    const left = await test.repository.occupy(inBlue, id, cpu, key);
    expect(await test.repository.occupy(inBlue, id, cpu, key)).toEqual(left);
    await expect(test.repository.occupy(inBlue, id, resourceSlot({ cpu: 2 }), key)).rejects.toBeInstanceOf(
      OperationKeyReused,
    );
    expect((await test.repository.getAgentCapacity(inBlue, id)).occupiedSlots).toEqual({ cpu: '1' });
  });

  it('agree with arithmetic in memory, whatever comes', async () => {
    const amount = fc.nat(300).map((hundredths) => (hundredths / 100).toFixed(2));
    const slots = fc.dictionary(fc.constantFrom('cpu', 'cuda.shares', 'tpu'), amount).map((one) => resourceSlot(one));
    const step = fc.tuple(fc.constantFrom('occupy' as const, 'release' as const), slots);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { id } = await agent();
        let occupied: ResourceSlot = resourceSlot({});
        for (const [operation, wanted] of steps) {
          const positive = resourceSlot(Object.fromEntries(Object.entries(wanted).filter(([, one]) => one !== '0')));
          const fits =
            operation === 'occupy'
              ? slotsFit(positive, subtractSlots(availableSlots, occupied))
              : slotsFit(wanted, occupied);
          const outcome = await test.repository[operation](inBlue, id, wanted).catch(() => null);
          expect(outcome !== null).toBe(fits);
          if (fits) occupied = operation === 'occupy' ? addSlots(occupied, wanted) : subtractSlots(occupied, wanted);
          const { occupiedSlots } = await test.repository.getAgentCapacity(inBlue, id);
          expect(slotsAreEqual(occupiedSlots, occupied)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('listAgentsWithCapacity', () => {
  it('gives a page of agents with what is left of them', async () => {
    const [first, second] = [await agent(), await agent()];
    await test.repository.occupy(inBlue, second.id, resourceSlot({ cpu: 1 }));
    await test.repository.update(inBlue, second.id, { availableSlots: resourceSlot({ cpu: '0.5' }) });

    const querier = batchQuerier<AgentRow>({
      orders: [AgentOrders.firstContact()],
      pagination: { first: 2 },
      total: 'exact',
    });
    const { items, total, hasNextPage } = await test.repository.listAgentsWithCapacity(inBlue, querier);

    expect(items[0]).toEqual({ ...first, freeSlots: availableSlots });
    expect(items[1]).toMatchObject({ id: second.id, freeSlots: { cpu: '-0.5' } });
    expect([total, hasNextPage]).toEqual([{ value: 2, exact: true }, false]);
    expect((await test.repository.listAgentsWithCapacity(inRed, querier)).items).toEqual([]);
  });
});
