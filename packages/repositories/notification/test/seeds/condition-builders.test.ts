import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { batchQuerier, type QueryCondition, type QueryOrder } from '@holdfast/querier';
import {
  NotificationChannelConditions,
  NotificationChannelOrders,
  type NotificationChannelRow,
} from '../../src/index.js';
import { type NotificationDatabase, notificationDatabase } from '../fixture/notification-database.js';
import { inNorth, webhook } from '../fixture/notifications.js';

let test: NotificationDatabase;
beforeAll(async () => {
  test = await notificationDatabase();
  for (const [name, enabled] of [
    ['Ops', true],
    ['ops 100%', true],
    ['chat', false],
  ] as const) {
    await test.channels.create(inNorth, webhook({ name, enabled }));
  }
});
afterAll(() => test.close());

const search = async (
  conditions: readonly QueryCondition<NotificationChannelRow>[],
  orders: readonly QueryOrder<NotificationChannelRow>[] = [NotificationChannelOrders.createdAt()],
): Promise<string[]> => {
  const querier = batchQuerier<NotificationChannelRow>({ conditions, orders, pagination: { noPagination: true } });
  return (await test.channels.search(inNorth, querier)).items.map(({ name }) => name);
};

it('conditions on notification channels are built by name, in their case or any, and by being enabled', async () => {
  const { nameEquals, nameContains, enabledEquals } = NotificationChannelConditions;

  expect(await search([nameEquals('Ops')])).toEqual(['Ops']);
  expect(await search([nameEquals('OPS', { caseInsensitive: true })])).toEqual(['Ops']);
  expect(await search([nameContains('ops')])).toEqual(['ops 100%']);
  expect(await search([nameContains('OPS', { caseInsensitive: true })])).toEqual(['Ops', 'ops 100%']);
  expect(await search([nameContains('0%')])).toEqual(['ops 100%']);
  expect(await search([enabledEquals(false)])).toEqual(['chat']);
  expect(await search([nameContains('s'), enabledEquals(true)])).toEqual(['Ops', 'ops 100%']);
});

it('orders of notification channels are built by name and by time, ascending unless it is said otherwise', async () => {
  const { name, createdAt } = NotificationChannelOrders;
  const byTime = ['Ops', 'ops 100%', 'chat'];
  const byName = await search([], [name()]);

  expect(await search([], [createdAt()])).toEqual(byTime);
  expect(await search([], [createdAt({ ascending: false })])).toEqual([...byTime].reverse());
  expect(await search([], [name({ ascending: false })])).toEqual([...byName].reverse());
  expect([...byName].sort()).toEqual([...byTime].sort());
});
