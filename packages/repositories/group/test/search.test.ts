import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { batchQuerier, type Page } from '@holdfast/querier';
import {
  GroupConditions,
  groupFields,
  type GroupInfo,
  GroupNotFound,
  GroupOrders,
  type GroupRow,
} from '../src/index.js';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { everybody, inNorth, inSouth, north, south, user, users } from './fixture/groups.js';

let test: GroupDatabase;
beforeAll(async () => void (test = await groupDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.empty();
  const [alpha] = await test.plain.bulkCreate(inNorth, [
    { name: 'Alpha', description: 'first' },
    { name: 'beta_1', isActive: false, integrationId: 'crm-7' },
    { name: 'beta-2', type: 'model-store' },
  ]);
  const foreign = await test.plain.create(inSouth, { name: 'beta-foreign' });
  await test.plain.assignUsers(everybody, alpha!.id, users(1));
  await test.plain.assignUsers(everybody, foreign.id, users(1));
});

const names = ({ items }: Page<GroupInfo>): string[] => items.map(({ name }) => name);

const search = (args: Partial<Parameters<typeof batchQuerier<GroupRow>>[0]>): Promise<Page<GroupInfo>> =>
  test.plain.search(
    inNorth,
    batchQuerier<GroupRow>({ orders: [GroupOrders.name()], pagination: { noPagination: true }, ...args }),
  );

describe('search', () => {
  it.each([
    ['name', GroupConditions.nameEquals('Alpha'), ['Alpha']],
    ['part of the name', GroupConditions.nameContains('_'), ['beta_1']],
    ['start of the name', GroupConditions.nameStartsWith('BETA', { caseInsensitive: true }), ['beta-2', 'beta_1']],
    ['end of the name', GroupConditions.nameEndsWith('2'), ['beta-2']],
    ['names', GroupConditions.nameIn(['alpha'], { caseInsensitive: true }), ['Alpha']],
    ['description', GroupConditions.descriptionContains('irs'), ['Alpha']],
    ['domain', GroupConditions.domainNameEquals(south), []],
    ['activity', GroupConditions.isActive(), ['Alpha', 'beta-2']],
    ['inactivity', GroupConditions.isActive(false), ['beta_1']],
    ['type', GroupConditions.typeEquals('model-store'), ['beta-2']],
    ['integration', GroupConditions.integrationIdEquals('crm-7'), ['beta_1']],
    ['member', GroupConditions.hasMember(user(1)), ['Alpha']],
    ['another member', GroupConditions.hasMember(user(2)), []],
    ['creation before', GroupConditions.createdBefore(new Date('2020-01-01')), []],
    ['creation after', GroupConditions.createdAfter(new Date('2020-01-01')), ['Alpha', 'beta-2', 'beta_1']],
  ])('filters by %s', async (_name, condition, expected) => {
    expect(names(await search({ conditions: [condition] })).sort()).toEqual(expected);
  });

  it('orders by what it is told', async () => {
    const { id } = await test.plain.getGroupByName(inNorth, north, 'Alpha');
    await test.plain.update(inNorth, id, { description: 'changed' });
    const by = async (order: ReturnType<typeof GroupOrders.name>) => names(await search({ orders: [order] }));

    expect(await by(GroupOrders.name({ ascending: false }))).toEqual(['beta_1', 'beta-2', 'Alpha']);
    expect((await by(GroupOrders.modifiedAt({ ascending: false })))[0]).toBe('Alpha');
    expect(await by(GroupOrders.createdAt())).toHaveLength(3);
  });

  it('answers requests', async () => {
    const parameters = new URLSearchParams('filter[type][eq]=general&order=-name,createdAt&limit=5&offset=0');

    expect(names(await test.plain.search(inNorth, groupFields.parseSearch(parameters)))).toEqual(['beta_1', 'Alpha']);
    for (const refused of [
      'filter[members][some]={}',
      'filter[type][eq]=secret',
      'order=totalResourceSlots',
      'order=type',
    ]) {
      expect(() => groupFields.parseSearch(new URLSearchParams(refused))).toThrow(
        expect.objectContaining({ httpStatus: 400 }),
      );
    }
  });
});

describe('getGroupByName', () => {
  it('finds the group of a name in a domain, and its id', async () => {
    const group = await test.plain.getGroupByName(inNorth, north, 'Alpha');

    expect(group).toMatchObject({ name: 'Alpha', domainName: north });
    expect(await test.plain.getGroupIdByName(everybody, north, 'Alpha')).toBe(group.id);
  });

  it('finds neither what is in another domain, nor what is outside of the scope or deleted', async () => {
    const { id } = await test.plain.getGroupByName(inNorth, north, 'beta-2');
    await test.plain.delete(inNorth, id);

    for (const [scope, domain, name] of [
      [everybody, south, 'Alpha'],
      [inNorth, south, 'beta-foreign'],
      [inNorth, north, 'beta-2'],
    ] as const) {
      const failure: unknown = await test.plain.getGroupIdByName(scope, domain, name).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(GroupNotFound);
      expect(failure).toMatchObject({ group: name, code: 'group_read_not-found' });
    }
  });
});
