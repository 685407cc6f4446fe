import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { AGENT_STATUSES, AgentIsOccupied } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());

it.each(AGENT_STATUSES)(
  'an agent that is %s is deleted and purged when nothing of it is occupied, or it is gone',
  async (status) => {
    const past = { status, firstContact: new Date(0), occupiedSlots: resourceSlot({ cpu: 1 }) };
    const { id } = await test.repository.create(inBlue, spec(blue, { past }));
    const calls = [() => test.repository.purge(inBlue, id), () => test.repository.delete(inBlue, id)];
    if (['ALIVE', 'RESTARTING'].includes(status)) {
      await expect(calls[0]!()).rejects.toMatchObject({ code: 'agent_purge_conflict', httpStatus: 409 });
      await expect(calls[1]!()).rejects.toBeInstanceOf(AgentIsOccupied);
      await expect(calls[1]!()).rejects.toMatchObject({ code: 'agent_soft-delete_conflict' });
      await test.repository.release(inBlue, id, resourceSlot({ cpu: 1 }));
    }

    expect(await test.repository.delete(inBlue, id)).toMatchObject({ id });
    await test.repository.restore(inBlue, id);
    expect(await test.repository.purge(inBlue, id)).toMatchObject({ id });
  },
);
