import * as runner from '@jest/globals';
import { where } from '@holdfast/querier';
import { describeRepository, type TestDatabase } from '@holdfast/testing';
import { notificationEntities } from '../src/entities.js';
import {
  notificationChannelId,
  NotificationRepositories,
  NotificationRuleAlreadyExists,
  notificationRuleId,
  NotificationRuleNotFound,
  NotificationRuleOrders,
  type NotificationRuleRow,
} from '../src/index.js';
import { notificationMigrations } from '../src/migrations/index.js';
import {
  inNorth,
  inSouth,
  keys,
  noRule,
  north,
  rule,
  rulesOfNorth,
  rulesOfSouth,
  south,
  webhook,
} from './fixture/notifications.js';

const channel = { id: notificationChannelId('00000000-0000-4000-8000-00000000c001') };
const theirChannel = { id: notificationChannelId('00000000-0000-4000-8000-00000000c002') };

const id = (tenant: number, n: number) =>
  notificationRuleId(`00000000-0000-4000-800${tenant}-${String(n).padStart(12, '0')}`);

describeRepository(runner, 'NotificationRuleRepository', {
  tables: { entities: notificationEntities, migrations: notificationMigrations },
  repository: (database) => NotificationRepositories.create({ database, secrets: keys }).ruleRepository,
  prepare: async ({ database }: TestDatabase) => {
    const { channelRepository } = NotificationRepositories.create({ database, secrets: keys });
    await channelRepository.create(inNorth, webhook(channel));
    await channelRepository.create(inSouth, webhook(theirChannel));
  },
  leavesOut: ['upsert', 'bulkUpsert'],
  mine: {
    scope: rulesOfNorth,
    spec: (n) => rule(channel, { id: id(1, n), name: `rule-${n}`, description: 'a rule', domainName: north }),
  },
  theirs: {
    scope: rulesOfSouth,
    spec: (n) => rule(theirChannel, { id: id(2, n), name: `rule-${n}`, domainName: south }),
  },
  idOf: (one) => one.id,
  mark: ({ name }) => name,
  missing: noRule,
  byIds: (ids) => where<NotificationRuleRow>({ id: { in: ids } }),
  orders: [
    NotificationRuleOrders.createdAt({ ascending: false }),
    NotificationRuleOrders.updatedAt(),
    NotificationRuleOrders.name(),
  ],
  change: {
    change: { enabled: false, ruleType: 'session.terminated', messageTemplate: '"{{result}}"' },
    seen: { enabled: false, ruleType: 'session.terminated', messageTemplate: '"{{result}}"' },
  },
  nulling: { change: { description: null }, seen: { description: null } },
  invalid: { create: rule(channel, { messageTemplate: '{{nothing}}' }), change: { name: '' } },
  bookkeeping: ['updatedAt'],
  locksRows: true,
  purgesInBatches: true,
  notFound: NotificationRuleNotFound,
  alreadyExists: NotificationRuleAlreadyExists,
});
