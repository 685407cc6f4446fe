import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentAlreadyExists } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

describe('the heartbeat of an agent', () => {
  it('tells what it is by now, and leaves what others have decided', async () => {
    const joined = await test.repository.create(inBlue, spec(blue, { gpuModel: 'T4' }));
    await test.repository.update(inBlue, joined.id, { schedulable: false });
    const lost = await test.repository.updateStatus(inBlue, joined.id, 'LOST');

    const now = { id: joined.id, addr: 'tcp://127.0.0.1:7001', version: '25.01', gpuModel: null };
    const { data, inserted } = await test.repository.upsert(inBlue, spec(blue, now));

    expect(inserted).toBe(false);
    expect(data).toEqual({ ...lost, ...now, modifiedAt: data.modifiedAt });
  });

  it('takes no id that an agent of another scaling group has', async () => {
    const { id } = await test.repository.create(inRed, spec(red));
    const before = await test.rows();

    await expect(test.repository.upsert(inBlue, spec(blue, { id }))).rejects.toBeInstanceOf(AgentAlreadyExists);
    await expect(test.repository.bulkUpsert(inBlue, [spec(blue), spec(blue, { id })])).rejects.toBeInstanceOf(
      AgentAlreadyExists,
    );
    expect(await test.rows()).toEqual(before);
  });
});
