import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { batchQuerier, type Page, unscoped } from '@holdfast/querier';
import {
  SessionConditions,
  sessionFields,
  type SessionInfo,
  SessionOrders,
  SessionStatus,
  SessionType,
} from '../src/index.js';
import type { SessionRow } from '../src/session-row.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const names = ({ items }: Page<SessionInfo>): string[] => items.map(({ name }) => name);

describe('search', () => {
  beforeEach(async () => {
    await test.repository.bulkCreate(ofAlice, [
      spec(alice, { name: 'Alpha', priority: 1, requestedSlots: resourceSlot({ 'cuda.device': 4 }), tag: 'x' }),
      spec(alice, {
        name: 'beta_1',
        priority: 1,
        requestedSlots: resourceSlot({ 'cuda.device': 1 }),
        type: SessionType.BATCH,
      }),
      spec(alice, { name: 'beta-2', priority: 5, requestedSlots: resourceSlot({}), image: 'r:4' }),
      spec(alice, { name: 'gamma', priority: 3, requestedSlots: resourceSlot({ 'cuda.shares': '0.5' }) }),
    ]);
    await test.repository.create(ofBob, spec(bob, { name: 'beta-foreign' }));
    await test.dataSource.query(`UPDATE sessions SET status = 'RUNNING' WHERE name = 'gamma'`);
  });

  const search = (args: Partial<Parameters<typeof batchQuerier<SessionRow>>[0]>): Promise<Page<SessionInfo>> =>
    test.repository.search(
      ofAlice,
      batchQuerier<SessionRow>({ orders: [SessionOrders.name()], pagination: { noPagination: true }, ...args }),
    );

  it('sees the sessions of the scope and counts no others', async () => {
    const page = await search({ pagination: { limit: 2, offset: 0 }, total: 'exact' });

    expect(names(page)).toEqual(['Alpha', 'beta-2']);
    expect(page).toMatchObject({ total: { value: 4, exact: true }, hasNextPage: true, hasPreviousPage: false });
  });

  it.each([
    ['status', SessionConditions.statusEquals(SessionStatus.RUNNING), ['gamma']],
    ['statuses', SessionConditions.statusIn([SessionStatus.RUNNING, SessionStatus.ERROR]), ['gamma']],
    ['no statuses', SessionConditions.statusIn([]), []],
    ['activity', SessionConditions.isActive(), ['gamma']],
    ['liveness', SessionConditions.isLive(), ['Alpha', 'beta-2', 'beta_1', 'gamma']],
    ['type', SessionConditions.typeEquals(SessionType.BATCH), ['beta_1']],
    ['name', SessionConditions.nameEquals('gamma'), ['gamma']],
    ['name in any case', SessionConditions.nameEquals('ALPHA', { caseInsensitive: true }), ['Alpha']],
    ['another name', SessionConditions.nameEquals('gamma', { negated: true }), ['Alpha', 'beta-2', 'beta_1']],
    ['part of the name', SessionConditions.nameContains('_'), ['beta_1']],
    ['start of the name', SessionConditions.nameStartsWith('beta'), ['beta-2', 'beta_1']],
    ['end of the name', SessionConditions.nameEndsWith('A', { caseInsensitive: true }), ['Alpha', 'gamma']],
    ['names', SessionConditions.nameIn(['alpha', 'GAMMA'], { caseInsensitive: true }), ['Alpha', 'gamma']],
    ['image', SessionConditions.hasImage('r:4'), ['beta-2']],
    ['tag', SessionConditions.tagEquals('x'), ['Alpha']],
    ['priority', SessionConditions.priorityAtLeast(3), ['beta-2', 'gamma']],
    ['GPUs', SessionConditions.gpuCountAtLeast(1), ['Alpha', 'beta_1', 'gamma']],
    ['creation before', SessionConditions.createdBefore(new Date('2020-01-01')), []],
    ['creation after', SessionConditions.createdAfter(new Date('2020-01-01')), ['Alpha', 'beta-2', 'beta_1', 'gamma']],
    ['termination before', SessionConditions.terminatedBefore(new Date('2100-01-01')), []],
  ])('filters by %s', async (_name, condition, expected) => {
    expect(names(await search({ conditions: [condition] })).sort()).toEqual(expected);
  });

  it.each([
    ['name', SessionOrders.name({ ascending: false }), ['gamma', 'beta_1', 'beta-2', 'Alpha']],
    ['GPUs', SessionOrders.gpuCount(), ['beta-2', 'beta_1', 'gamma', 'Alpha']],
    ['priority', SessionOrders.priority({ ascending: false }), ['beta-2', 'gamma', 'beta_1', 'Alpha']],
    ['status', SessionOrders.status({ ascending: false }), ['gamma', 'beta_1', 'beta-2', 'Alpha']],
  ])('orders by %s', async (_name, order, expected) => {
    const thenByName = order.by === 'name' ? [] : [SessionOrders.name({ ascending: order.by === 'gpuCount' })];

    expect(names(await search({ orders: [order, ...thenByName] }))).toEqual(expected);
  });

  it('sees everybody where no scope is meant', async () => {
    const querier = batchQuerier<SessionRow>({ pagination: { noPagination: true } });

    expect((await test.repository.search(unscoped('an overview'), querier)).items).toHaveLength(5);
  });

  it('answers requests, under the names that requests know', async () => {
    const parameters =
      'filter[type][eq]=batch&filter[gpuCount][gte]=1&order=-createdAt,name&limit=5&offset=0&total=exact';

    const page = await test.repository.search(ofAlice, sessionFields.parseSearch(new URLSearchParams(parameters)));

    expect(names(page)).toEqual(['beta_1']);
    expect(page.total).toEqual({ value: 1, exact: true });
  });

  it.each([
    'filter[environ][contains]=x',
    'filter[status][eq]=ASLEEP',
    'order=environ',
    'filter[deletedAt][isNull]=true',
  ])('refuses the request %s', (parameters) => {
    expect(() => sessionFields.parseSearch(new URLSearchParams(parameters))).toThrow(
      expect.objectContaining({ httpStatus: 400 }),
    );
  });
});
