import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgentPast, AgentStatus } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());

const past: AgentPast = {
  status: AgentStatus.LOST,
  statusChangedAt: new Date('2025-03-02T00:00:00Z'),
  firstContact: new Date('2025-03-01T00:00:00Z'),
  lostAt: new Date('2025-03-02T00:00:00Z'),
};

describe('creating an agent that has a past', () => {
  it.each([
    [null, '/past'],
    [5, '/past'],
    [{ ...past, status: 'bogus' }, '/past/status'],
    [{ ...past, status: null }, '/past/status'],
  ])('refuses %j for what is wrong with %s', async (given, pointer) => {
    const created = test.repository.create(inBlue, spec(blue, { past: given as never }));
    await expect(created).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer });
  });

  it('takes over what became of it', async () => {
    expect(await test.repository.create(inBlue, spec(blue, { past }))).toMatchObject(past);
    expect(await test.repository.bulkCreate(inBlue, [spec(blue, { past })])).toMatchObject([past]);
  });

  it('dates its status from its first contact, and takes nothing for granted, unless told so', async () => {
    const { firstContact } = past;
    const created = await test.repository.create(inBlue, spec(blue, { past: { status: 'RESTARTING', firstContact } }));
    expect(created).toMatchObject({
      status: 'RESTARTING',
      statusChangedAt: firstContact,
      firstContact,
      lostAt: null,
    });
  });
});
