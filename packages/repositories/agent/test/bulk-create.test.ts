import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentAlreadyExists } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, red, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

describe('bulkCreate', () => {
  it('creates all in the order given', async () => {
    const specs = [spec(blue, { gpuModel: 'T4' }), spec(blue), spec(blue, { schedulable: false })];

    const created = await test.repository.bulkCreate(inBlue, specs);

    expect(created.map(({ id, schedulable }) => [id, schedulable])).toEqual(
      specs.map(({ id, schedulable = true }) => [id, schedulable]),
    );
  });

  it('creates none if one id is taken or one agent lies outside of the scope', async () => {
    const taken = await test.repository.create(inBlue, spec(blue));

    const failure = test.repository.bulkCreate(inBlue, [spec(blue), spec(blue, { id: taken.id })]);
    await expect(failure).rejects.toBeInstanceOf(AgentAlreadyExists);
    await expect(test.repository.bulkCreate(inBlue, [spec(blue), spec(red)])).rejects.toMatchObject({
      httpStatus: 403,
    });

    expect(await test.rows()).toHaveLength(1);
  });
});
