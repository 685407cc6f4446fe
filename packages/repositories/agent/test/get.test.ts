import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { AgentNotFound, scalingGroupScopes } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

describe('get, find and loadMany', () => {
  it('see the agents of the scaling groups that the scope names', async () => {
    const mine = await test.repository.create(inBlue, spec(blue));
    const other = await test.repository.create(inRed, spec(red));

    for (const scope of [inBlue, scalingGroupScopes([red, blue]), unscoped('an administrator')]) {
      expect(await test.repository.get(scope, mine.id)).toEqual(mine);
      expect(await test.repository.find(scope, mine.id)).toEqual(mine);
    }
    expect(await test.repository.loadMany(scalingGroupScopes([red, blue]), [other.id, nobody, mine.id])).toEqual([
      other,
      null,
      mine,
    ]);
  });

  it('answer for an agent of another scaling group as for one that does not exist', async () => {
    const other = await test.repository.create(inRed, spec(red));

    for (const id of [other.id, nobody]) {
      await expect(test.repository.get(inBlue, id)).rejects.toMatchObject({
        code: 'agent_read_not-found',
        message: `No agent ${id}.`,
      });
      expect(await test.repository.find(inBlue, id)).toBeNull();
      expect(await test.repository.loadMany(inBlue, [id])).toEqual([null]);
    }
  });

  it('see deleted agents only if told to', async () => {
    const { id } = await test.repository.create(inBlue, spec(blue));
    const deleted = await test.repository.delete(inBlue, id);

    await expect(test.repository.get(inBlue, id)).rejects.toBeInstanceOf(AgentNotFound);
    expect(await test.repository.find(inBlue, id)).toBeNull();
    expect(await test.repository.get(inBlue, id, { includeDeleted: true })).toEqual(deleted);
    expect(await test.repository.loadMany(inBlue, [id], { includeDeleted: true })).toEqual([deleted]);
  });
});
