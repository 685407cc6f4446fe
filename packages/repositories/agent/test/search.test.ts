import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agentId } from '@holdfast/domain-types';
import { batchQuerier, type Page, unscoped } from '@holdfast/querier';
import { AgentConditions, agentFields, type AgentInfo, AgentOrders, scalingGroupScopes } from '../src/index.js';
import type { AgentRow } from '../src/agent-row.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

const ids = ({ items }: Page<AgentInfo>): string[] => items.map(({ id }) => id);

describe('search', () => {
  beforeEach(async () => {
    await test.repository.bulkCreate(inBlue, [
      spec(blue, { id: agentId('i-a'), gpuModel: 'A100' }),
      spec(blue, { id: agentId('i-b'), schedulable: false }),
      spec(blue, { id: agentId('n-c'), gpuModel: 'T4', region: 'far' }),
    ]);
    await test.repository.create(inRed, spec(red, { id: agentId('i-red'), gpuModel: 'A100' }));
    await test.repository.updateStatus(inBlue, agentId('n-c'), 'LOST');
  });

  const search = (args: Partial<Parameters<typeof batchQuerier<AgentRow>>[0]>): Promise<Page<AgentInfo>> =>
    test.repository.search(
      inBlue,
      batchQuerier<AgentRow>({ orders: [AgentOrders.id()], pagination: { noPagination: true }, ...args }),
    );

  it('sees and counts the agents of the scope and no others', async () => {
    const page = await search({ total: 'exact' });

    expect(ids(page)).toEqual(['i-a', 'i-b', 'n-c']);
    expect(page.total).toEqual({ value: 3, exact: true });
  });

  it('sees the union of several scaling groups, and all where no scope is meant', async () => {
    const querier = batchQuerier<AgentRow>({ pagination: { noPagination: true } });

    expect((await test.repository.search(scalingGroupScopes([blue, red]), querier)).items).toHaveLength(4);
    expect((await test.repository.search(unscoped('an overview'), querier)).items).toHaveLength(4);
  });

  it.each([
    ['status', AgentConditions.statusEquals('LOST'), ['n-c']],
    ['statuses', AgentConditions.statusIn(['LOST', 'TERMINATED']), ['n-c']],
    ['schedulability', AgentConditions.isSchedulable(), ['i-a']],
    ['scaling group', AgentConditions.scalingGroupEquals(red), []],
    ['region', AgentConditions.regionEquals('far'), ['n-c']],
    ['part of the id', AgentConditions.idContains('-B', { caseInsensitive: true }), ['i-b']],
    ['start of the id', AgentConditions.idStartsWith('i-'), ['i-a', 'i-b']],
    ['GPU model', AgentConditions.gpuModelEquals('a100', { caseInsensitive: true }), ['i-a']],
    ['another GPU model, none included', AgentConditions.gpuModelEquals('A100', { negated: true }), ['i-b', 'n-c']],
    ['having a GPU', AgentConditions.hasGpu(), ['i-a', 'n-c']],
    ['loss', AgentConditions.lostBefore(new Date('2100-01-01')), ['n-c']],
  ])('filters by %s', async (_name, condition, expected) => {
    expect(ids(await search({ conditions: [condition] }))).toEqual(expected);
  });

  it('walks an order with NULLs by cursor', async () => {
    const orders = [AgentOrders.gpuModel({ ascending: false })];
    const first = await search({ orders, pagination: { first: 2 } });
    const rest = await search({ orders, pagination: { first: 2, after: first.endCursor } });

    expect([...ids(first), ...ids(rest)]).toEqual(['i-b', 'n-c', 'i-a']);
    expect([first.hasNextPage, rest.hasNextPage]).toEqual([true, false]);
  });

  it('answers requests, and lets nobody probe addresses', async () => {
    const parameters = new URLSearchParams('filter[gpuModel][isNull]=false&order=-id&first=10');

    expect(ids(await test.repository.search(inBlue, agentFields.parseSearch(parameters)))).toEqual(['n-c', 'i-a']);
    expect(() => agentFields.parseSearch(new URLSearchParams('filter[addr][startsWith]=tcp'))).toThrow(
      expect.objectContaining({ reason: 'UNKNOWN_FIELD' }),
    );
  });
});
