import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { unscoped } from '@holdfast/querier';
import { type AgentInfo } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

describe('update', () => {
  let agent: AgentInfo;
  beforeEach(async () => void (agent = await test.repository.create(inBlue, spec(blue, { gpuModel: 'T4' }))));

  it('changes what is given and leaves what is absent', async () => {
    const availableSlots = resourceSlot({ cpu: 1 });

    const updated = await test.repository.update(inBlue, agent.id, {
      schedulable: false,
      gpuModel: null,
      availableSlots,
    });

    expect(updated).toEqual({
      ...agent,
      schedulable: false,
      gpuModel: null,
      availableSlots,
      modifiedAt: updated.modifiedAt,
    });
  });

  it.each([{ status: 'LOST' }, { scalingGroupName: 'red' }, { id: 'i-other' }])(
    'refuses to change %j this way, got around the compiler',
    async (change) => {
      const failure = test.repository.update(unscoped('an administrator'), agent.id, change as never);

      await expect(failure).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: `/${Object.keys(change)[0]}` });
    },
  );
});
