import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { batchQuerier, type Page } from '@holdfast/querier';
import { ExecutionConditions, executionFields, type ExecutionInfo, ExecutionOrders } from '../src/index.js';
import type { ExecutionRow } from '../src/execution-row.js';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { blue, inBlue, inRed, red, spec } from './fixture/executions.js';

let test: ExecutionDatabase;
beforeAll(async () => void (test = await executionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE executions CASCADE'));

const names = ({ items }: Page<ExecutionInfo>): string[] => items.map(({ name }) => name);

describe('search', () => {
  beforeEach(async () => {
    await test.repository.bulkCreate(inBlue, [
      spec(blue, { name: 'a', description: 'of blue' }),
      spec(blue, { name: 'b' }),
    ]);
    await test.repository.create(inRed, spec(red, { name: 'a', description: 'of red' }));
    const [first] = (await search({ conditions: [ExecutionConditions.nameEquals('a')] })).items;
    await test.repository.updateStatus(inBlue, first!.id, 'RUNNING');
  });

  const search = (args: Partial<Parameters<typeof batchQuerier<ExecutionRow>>[0]>): Promise<Page<ExecutionInfo>> =>
    test.repository.search(
      inBlue,
      batchQuerier<ExecutionRow>({
        orders: [ExecutionOrders.name()],
        pagination: { noPagination: true },
        total: 'exact',
        ...args,
      }),
    );

  it('sees and counts those of the scope and no others', async () => {
    const page = await search({});

    expect(names(page)).toEqual(['a', 'b']);
    expect(page.total).toEqual({ value: 2, exact: true });
  });

  it.each([
    ['name', ExecutionConditions.nameEquals('b'), ['b']],
    ['part of the name', ExecutionConditions.nameContains('B', { caseInsensitive: true }), ['b']],
    ['status', ExecutionConditions.statusIn(['RUNNING', 'FINISHED']), ['a']],
    ['creation', ExecutionConditions.createdBefore(new Date('2000-01-01')), []],
  ])('filters by %s', async (_name, condition, expected) => {
    expect(names(await search({ conditions: [condition] }))).toEqual(expected);
  });

  it.each(Object.entries(ExecutionOrders))('orders by %s', async (_name, by) => {
    const ascending = names(await search({ orders: [by()] }));

    expect(names(await search({ orders: [by({ ascending: false })] }))).toEqual([...ascending].reverse());
  });

  it('answers requests, and tells nobody of other domains', async () => {
    const parameters = new URLSearchParams('filter[description][isNull]=true&order=-name&first=10');

    expect(names(await test.repository.search(inBlue, executionFields.parseSearch(parameters)))).toEqual(['b']);
    expect(() => executionFields.parseSearch(new URLSearchParams('filter[domainName][eq]=red'))).toThrow(
      expect.objectContaining({ reason: 'UNKNOWN_FIELD' }),
    );
  });
});
