import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { batchQuerier, type BatchQuerier, type Page } from '@holdfast/querier';
import { createTestDatabase, type TestDatabase, testServerUrl, WireCounter } from '@holdfast/testing';
import { notificationEntities } from '../../src/entities.js';
import {
  NotificationChannelConditions,
  notificationChannelFields,
  type NotificationChannelInfo,
  NotificationChannelOrders,
  type NotificationChannelRepository,
  type NotificationChannelRow,
  NotificationRepositories,
} from '../../src/index.js';
import { notificationMigrations } from '../../src/migrations/index.js';
import { inNorth, inSouth, keys, webhook } from '../fixture/notifications.js';

let wire: WireCounter;
let test: TestDatabase;
let repository: NotificationChannelRepository;
beforeAll(async () => {
  wire = await WireCounter.open(await testServerUrl());
  test = await createTestDatabase({
    entities: notificationEntities,
    migrations: notificationMigrations,
    through: wire,
  });
  repository = NotificationRepositories.create({ database: test.database, secrets: keys }).channelRepository;
  await repository.bulkCreate(
    inNorth,
    ['ops-1', 'ops-2', 'ops-3', 'chat'].map((name) => webhook({ name })),
  );
  await repository.create(inSouth, webhook({ name: 'ops-4' }));
});
afterAll(async () => {
  await test.close();
  await wire.close();
});

const names = ({ items }: Page<NotificationChannelInfo>): string[] => items.map(({ name }) => name);

it('the repository of channels searches with a querier: one statement has its conditions, orders and page', async () => {
  const querier = batchQuerier<NotificationChannelRow>({
    conditions: [NotificationChannelConditions.nameContains('ops')],
    orders: [NotificationChannelOrders.name({ ascending: false })],
    pagination: { limit: 2, offset: 1 },
  });
  let page: Page<NotificationChannelInfo> | undefined;

  const { statements } = await wire.during(async () => void (page = await repository.search(inNorth, querier)));

  expect(names(page!)).toEqual(['ops-2', 'ops-1']);
  expect(statements).toHaveLength(1);
});

it('a request for channels becomes a querier, which the service passes on with the scope of who asks', async () => {
  // The adapter: from what a request says to a querier.
  const adapted = (request: unknown): BatchQuerier<NotificationChannelRow> =>
    notificationChannelFields.parseSearchBody(request);
  // The service: business logic, and no SQL.
  class NotificationService {
    searchChannels(querier: BatchQuerier<NotificationChannelRow>): Promise<Page<NotificationChannelInfo>> {
      return repository.search(inNorth, querier);
    }
  }
  const request = {
    filter: { name: { contains: 'ops' }, enabled: { eq: true } },
    order: ['name'],
    limit: 2,
    offset: 0,
  };

  const found = await new NotificationService().searchChannels(adapted(request));

  expect(names(found)).toEqual(['ops-1', 'ops-2']);
  expect(found.hasNextPage).toBe(true);
  expect(() => adapted({ filter: { signingSecret: { isNull: false } } })).toThrow(
    expect.objectContaining({ reason: 'UNKNOWN_FIELD' }),
  );
});
