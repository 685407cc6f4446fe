import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { scalingGroupScopes } from '../src/index.js';
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
});
