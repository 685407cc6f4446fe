import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TransitionContested } from '@holdfast/standard-repository';
import { AGENT_STATUSES, type AgentInfo, AgentNotFound, AgentStatus, AgentStatusConflict } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

// A second way to know the answer: everything may follow everything else, but what has left can only come back.
const isLegal = (from: AgentStatus, to: AgentStatus): boolean =>
  from !== to && (from !== 'TERMINATED' || to === 'ALIVE');

describe('updateStatus', () => {
  let agent: AgentInfo;
  beforeEach(async () => void (agent = await test.repository.create(inBlue, spec(blue))));

  it('moves the agent and notes when it was lost, until it is back', async () => {
    const lost = await test.repository.updateStatus(inBlue, agent.id, AgentStatus.LOST);
    expect(lost).toMatchObject({ status: 'LOST', lostAt: lost.statusChangedAt });

    const back = await test.repository.updateStatus(inBlue, agent.id, AgentStatus.ALIVE);
    expect(back).toMatchObject({ status: 'ALIVE', lostAt: null });
    expect(await test.repository.get(inBlue, agent.id)).toEqual(back);
  });

  it('tells an illegal move from a missing agent', async () => {
    const failure: unknown = await test.repository.updateStatus(inBlue, agent.id, 'ALIVE').catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(AgentStatusConflict);
    expect(failure).toMatchObject({ code: 'agent_update_conflict', httpStatus: 409, from: 'ALIVE', to: 'ALIVE' });
    await expect(test.repository.updateStatus(inBlue, nobody, 'LOST')).rejects.toBeInstanceOf(AgentNotFound);
  });

  it('gives up on an agent that the database keeps where it is, and does not say that the move is not allowed', async () => {
    await test.dataSource.query(
      `CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
       CREATE TRIGGER stay BEFORE UPDATE ON agents FOR EACH ROW EXECUTE FUNCTION stay()`,
    );
    try {
      await expect(test.repository.updateStatus(inBlue, agent.id, 'LOST')).rejects.toBeInstanceOf(TransitionContested);
    } finally {
      await test.dataSource.query('DROP FUNCTION stay CASCADE');
    }
  });

  it('does not touch an agent of another scaling group, or a deleted one', async () => {
    const other = await test.repository.create(inRed, spec(red));
    await test.repository.delete(inBlue, agent.id);
    const before = await test.rows();

    for (const { id } of [other, agent]) {
      await expect(test.repository.updateStatus(inBlue, id, 'LOST')).rejects.toBeInstanceOf(AgentNotFound);
    }
    expect(await test.rows()).toEqual(before);
  });

  it('refuses what is no status, got around the compiler', async () => {
    const failure = test.repository.updateStatus(inBlue, agent.id, 'TIRED' as never);

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/status' });
  });

  it('follows any sequence of moves as the rule says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...AGENT_STATUSES), { maxLength: 8 }), async (wanted) => {
        const { id } = await test.repository.create(inBlue, spec(blue));
        let expected: AgentStatus = 'ALIVE';
        for (const to of wanted) {
          const legal = isLegal(expected, to);
          const outcome = await test.repository.updateStatus(inBlue, id, to).catch((e: unknown) => e);
          expect(outcome).toMatchObject(legal ? { status: to } : { from: expected, to });
          if (legal) expected = to;
        }
      }),
      { numRuns: 40 },
    );
  });
});
