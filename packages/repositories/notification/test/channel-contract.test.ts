import * as runner from '@jest/globals';
import { where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { notificationEntities } from '../src/entities.js';
import {
  NotificationChannelAlreadyExists,
  NotificationChannelNotFound,
  NotificationChannelOrders,
  type NotificationChannelRow,
  NotificationRepositories,
} from '../src/index.js';
import { notificationMigrations } from '../src/migrations/index.js';
import { inNorth, inSouth, keys, noChannel, webhook } from './fixture/notifications.js';

const spec = (n: number) =>
  webhook({
    name: `channel-${n}`,
    description: 'a channel',
    enabled: n % 2 === 0,
  });

describeRepository(runner, 'NotificationChannelRepository', {
  tables: { entities: notificationEntities, migrations: notificationMigrations },
  repository: (database) => NotificationRepositories.create({ database, secrets: keys }).channelRepository,
  leavesOut: ['upsert', 'bulkUpsert'],
  mine: { scope: inNorth, spec },
  theirs: { scope: inSouth, spec },
  idOf: ({ id }) => id,
  mark: ({ name }) => name,
  missing: noChannel,
  byIds: (ids) => where<NotificationChannelRow>({ id: { in: ids } }),
  orders: [
    NotificationChannelOrders.createdAt({ ascending: false }),
    NotificationChannelOrders.updatedAt(),
    NotificationChannelOrders.name(),
  ],
  change: { change: { enabled: false, description: 'changed' }, seen: { enabled: false, description: 'changed' } },
  nulling: { change: { description: null }, seen: { description: null } },
  invalid: { create: webhook({ config: { url: 'ftp://example.org' } }), change: { name: ' ' } },
  bookkeeping: ['updatedAt'],
  locksRows: true,
  purgesInBatches: true,
  notFound: NotificationChannelNotFound,
  alreadyExists: NotificationChannelAlreadyExists,
});
