import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { OutsideScope, unscoped } from '@holdfast/querier';
import { AgentAlreadyExists, AgentStatus } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

describe('create', () => {
  it('lets an agent join, alive and schedulable', async () => {
    const joining = spec(blue, { gpuModel: 'A100', availableSlots: resourceSlot({ cpu: 96, 'cuda.device': 8 }) });

    const agent = await test.repository.create(inBlue, joining);

    expect(agent).toMatchObject({
      ...joining,
      status: AgentStatus.ALIVE,
      schedulable: true,
      availableSlots: { cpu: '96', 'cuda.device': '8' },
      gpuModel: 'A100',
      lostAt: null,
      deletedAt: null,
    });
    expect(agent.statusChangedAt).toEqual(agent.firstContact);
    expect([agent, agent.availableSlots].every(Object.isFrozen)).toBe(true);
    expect(await test.repository.get(inBlue, agent.id)).toEqual(agent);
  });

  it('takes the scaling group from the scope if the spec leaves it out', async () => {
    const { scalingGroupName: _, ...rest } = spec(blue);

    expect(await test.repository.create(inBlue, rest)).toMatchObject({ scalingGroupName: blue });
  });

  it('asks for the scaling group if neither scope nor spec give one', async () => {
    const { scalingGroupName: _, ...rest } = spec(blue);

    await expect(test.repository.create(unscoped('an import'), rest)).rejects.toMatchObject({
      reason: 'MISSING_VALUE',
    });
  });

  it('refuses another scaling group than the one of the scope', async () => {
    await expect(test.repository.create(inBlue, spec(red))).rejects.toBeInstanceOf(OutsideScope);
    expect(await test.rows()).toEqual([]);
  });

  it('refuses an id that is taken, also in another scaling group and by a deleted agent', async () => {
    const { id } = await test.repository.create(inRed, spec(red));
    await test.repository.delete(inRed, id);

    const failure: unknown = await test.repository.create(inBlue, spec(blue, { id })).catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(AgentAlreadyExists);
    expect(failure).toMatchObject({ code: 'agent_create_already-exists', httpStatus: 409 });
  });
});
