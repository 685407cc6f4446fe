import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { everyRow } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { type Scope, where } from '@holdfast/querier';
import { AgentConditions, type AgentInfo } from '../src/index.js';
import type { AgentRow } from '../src/agent-row.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

let mine: readonly AgentInfo[];
let other: AgentInfo;
beforeEach(async () => {
  mine = await test.repository.bulkCreate(inBlue, [spec(blue), spec(blue), spec(blue, { region: 'far' })]);
  other = await test.repository.create(inRed, spec(red));
});

type Target = Parameters<AgentDatabase['repository']['batchDelete']>[1];
const operations = {
  batchUpdate: (scope: Scope<AgentRow>, target: Target) =>
    test.repository.batchUpdate(scope, target, { schedulable: false }),
  batchDelete: (scope: Scope<AgentRow>, target: Target) => test.repository.batchDelete(scope, target),
  batchPurge: (scope: Scope<AgentRow>, target: Target) => test.repository.batchPurge(scope, target),
};
const untouched = async (): Promise<unknown[]> =>
  (await test.rows()).filter(({ schedulable, deleted_at }) => schedulable && deleted_at === null).map(({ id }) => id);

describe.each(Object.keys(operations) as (keyof typeof operations)[])('%s', (name) => {
  it('acts on the ids that are there and in the scope, and counts them', async () => {
    expect(await operations[name](inBlue, [mine[0]!.id, other.id])).toEqual({ count: 1 });
    expect(await untouched()).toEqual([mine[1]!.id, mine[2]!.id, other.id]);
  });

  it('acts on what matches in the scope, and counts it', async () => {
    expect(await operations[name](inBlue, AgentConditions.regionEquals('local'))).toEqual({ count: 2 });
    expect(await untouched()).toEqual([mine[2]!.id, other.id]);
  });

  it('acts on every row of the scope only if that is said', async () => {
    await expect(operations[name](inBlue, where<AgentRow>({}))).rejects.toBeInstanceOf(InvalidInput);
    expect(await operations[name](inBlue, everyRow('the group is closed'))).toEqual({ count: 3 });
    expect(await untouched()).toEqual([other.id]);
  });
});
