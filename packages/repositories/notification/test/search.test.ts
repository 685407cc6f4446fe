import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchQuerier, CursorCodec, type Pagination } from '@holdfast/querier';
import { Database } from '@holdfast/base';
import {
  NotificationChannelConditions,
  notificationChannelFields,
  type NotificationChannelInfo,
  NotificationChannelOrders,
  type NotificationChannelRow,
  NotificationChannelType,
  NotificationRepositories,
  NotificationRuleConditions,
  notificationRuleFields,
  NotificationRuleOrders,
  type NotificationRuleRow,
} from '../src/index.js';
import { type NotificationDatabase, notificationDatabase } from './fixture/notification-database.js';
import { email, inNorth, inSouth, keys, rule, rulesOfNorth, webhook } from './fixture/notifications.js';

let test: NotificationDatabase;
let channels: readonly NotificationChannelInfo[];
beforeAll(async () => {
  test = await notificationDatabase();
  channels = await test.channels.bulkCreate(inNorth, [
    webhook({ name: 'Alpha' }),
    webhook({ name: 'beta_1', enabled: false }),
    email({ name: 'beta-2' }),
    email({ name: 'gamma' }),
  ]);
  await test.channels.create(inSouth, webhook({ name: 'beta-foreign' }));
  await test.rules.bulkCreate(rulesOfNorth, [
    rule(channels[0]!, { name: 'One' }),
    rule(channels[0]!, { name: 'two', enabled: false }),
    rule(channels[1]!, { name: 'three', ruleType: 'session.terminated' }),
  ]);
});
afterAll(() => test.close());

const { WEBHOOK, EMAIL } = NotificationChannelType;
const Channels = NotificationChannelConditions;
const Rules = NotificationRuleConditions;

describe('search of channels', () => {
  it.each([
    ['name', Channels.nameEquals('gamma'), ['gamma']],
    ['name in any case', Channels.nameEquals('ALPHA', { caseInsensitive: true }), ['Alpha']],
    ['another name', Channels.nameEquals('gamma', { negated: true }), ['Alpha', 'beta-2', 'beta_1']],
    ['part of the name', Channels.nameContains('_'), ['beta_1']],
    ['part of the name in its case', Channels.nameContains('BETA'), []],
    ['part of the name in any case', Channels.nameContains('BETA', { caseInsensitive: true }), ['beta-2', 'beta_1']],
    ['start of the name', Channels.nameStartsWith('beta'), ['beta-2', 'beta_1']],
    ['end of the name', Channels.nameEndsWith('A', { caseInsensitive: true }), ['Alpha', 'gamma']],
    ['names', Channels.nameIn(['alpha', 'GAMMA'], { caseInsensitive: true }), ['Alpha', 'gamma']],
    ['type', Channels.typeEquals(EMAIL), ['beta-2', 'gamma']],
    ['types', Channels.typeIn([WEBHOOK, EMAIL]), ['Alpha', 'beta-2', 'beta_1', 'gamma']],
    ['no types', Channels.typeIn([]), []],
    ['being enabled', Channels.enabledEquals(true), ['Alpha', 'beta-2', 'gamma']],
    ['being disabled', Channels.enabledEquals(false), ['beta_1']],
  ])('filters by %s', async (_what, condition, expected) => {
    const querier = batchQuerier<NotificationChannelRow>({
      conditions: [condition],
      orders: [NotificationChannelOrders.name()],
      pagination: { noPagination: true },
    });

    expect((await test.channels.search(inNorth, querier)).items.map(({ name }) => name).sort()).toEqual(expected);
  });

  it('pages by offset, and by cursor in both directions, newest first', async () => {
    const cursors = new CursorCodec({ keys: ['at least 32 characters that nobody knows'] });
    const database = new Database(test.dataSource, { cursors });
    const { channelRepository } = NotificationRepositories.create({ database, secrets: keys });
    const page = (pagination: Pagination) =>
      channelRepository.search(
        inNorth,
        batchQuerier<NotificationChannelRow>({
          orders: [NotificationChannelOrders.createdAt({ ascending: false })],
          pagination,
          total: 'exact',
        }),
      );
    const all = (await page({ noPagination: true })).items.map(({ id }) => id);
    const ids = ({ items }: Awaited<ReturnType<typeof page>>) => items.map(({ id }) => id);

    const first = await page({ first: 3 });
    const second = await page({ first: 3, after: first.endCursor! });
    const back = await page({ last: 3, before: second.startCursor! });

    expect(all).toHaveLength(4);
    expect([ids(first), ids(second), ids(back)]).toEqual([all.slice(0, 3), all.slice(3), all.slice(0, 3)]);
    expect(ids(await page({ limit: 2, offset: 1 }))).toEqual(all.slice(1, 3));
    expect(second.total).toEqual({ value: 4, exact: true });
  });

  it('answers requests, under the names that requests know', async () => {
    const parameters = new URLSearchParams(
      'filter[type][eq]=email&filter[name][icontains]=BETA&order=-name&limit=5&offset=0',
    );

    const { items } = await test.channels.search(inNorth, notificationChannelFields.parseSearch(parameters));

    expect(items.map(({ name }) => name)).toEqual(['beta-2']);
  });

  it.each([
    'filter[config][contains]=x',
    'filter[signingSecret][isNull]=false',
    'filter[headers][startsWith]=v1',
    'order=smtpPassword',
    'filter[type][eq]=fax',
    'filter[deletedAt][isNull]=true',
  ])('refuses the request %s', (parameters) => {
    expect(() => notificationChannelFields.parseSearch(new URLSearchParams(parameters))).toThrow(
      expect.objectContaining({ httpStatus: 400 }),
    );
  });
});

describe('search of rules', () => {
  const search = async (querier: Parameters<typeof batchQuerier<NotificationRuleRow>>[0]): Promise<string[]> =>
    (await test.rules.search(rulesOfNorth, batchQuerier(querier))).items.map(({ name }) => name);

  it.each([
    ['name', () => Rules.nameEquals('two'), ['two']],
    ['part of the name', () => Rules.nameContains('O', { caseInsensitive: true }), ['One', 'two']],
    ['start of the name', () => Rules.nameStartsWith('t'), ['three', 'two']],
    ['end of the name', () => Rules.nameEndsWith('e'), ['One', 'three']],
    ['names', () => Rules.nameIn(['One', 'Two']), ['One']],
    ['type', () => Rules.ruleTypeEquals('session.terminated'), ['three']],
    ['types', () => Rules.ruleTypeIn(['session.started', 'session.terminated']), ['One', 'three', 'two']],
    ['channel', () => Rules.channelIdEquals(channels[0]!.id), ['One', 'two']],
    ['being enabled', () => Rules.enabledEquals(false), ['two']],
  ])('filters by %s', async (_what, condition, expected) => {
    const found = await search({ conditions: [condition()], pagination: { noPagination: true } });

    expect(found.sort()).toEqual(expected);
  });

  it('orders by name', async () => {
    const orders = [NotificationRuleOrders.name({ ascending: false })];

    expect(await search({ orders, pagination: { limit: 2, offset: 0 } })).toEqual(['two', 'three']);
  });

  it('answers requests, and refuses what is not for them', async () => {
    const parameters = new URLSearchParams(
      `filter[channelId][eq]=${channels[0]!.id}&filter[enabled][eq]=true&limit=5&offset=0`,
    );

    const { items } = await test.rules.search(rulesOfNorth, notificationRuleFields.parseSearch(parameters));

    expect(items.map(({ name }) => name)).toEqual(['One']);
    expect(() =>
      notificationRuleFields.parseSearch(new URLSearchParams('filter[messageTemplate][contains]=x')),
    ).toThrow(expect.objectContaining({ httpStatus: 400 }));
  });
});
