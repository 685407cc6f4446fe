import * as runner from '@jest/globals';
import { unscoped, where } from '@holdfast/querier';
import { describeCaching } from '@holdfast/testing';
import { notificationEntities } from '../src/entities.js';
import {
  NotificationRepositories,
  type NotificationChannelRepository,
  type NotificationRuleInfo,
  type NotificationRuleRepository,
  type NotificationRuleRow,
} from '../src/index.js';
import { notificationMigrations } from '../src/migrations/index.js';
import { inNorth, keys, rule, rulesOfNorth, rulesOfSouth, webhook } from './fixture/notifications.js';

const everybody = unscoped('a test');
let channels: NotificationChannelRepository;
const itself = ({ id }: NotificationRuleInfo) => where<NotificationRuleRow>({ id: { eq: id } });
const change = { enabled: false };

describeCaching<NotificationRuleRepository, NotificationRuleRow, NotificationRuleInfo>(
  runner,
  'NotificationRuleRepository',
  {
    tables: { entities: notificationEntities, migrations: notificationMigrations },
    repository: (parts) => {
      const { channelRepository, ruleRepository } = NotificationRepositories.create({ ...parts, secrets: keys });
      channels = channelRepository;
      return ruleRepository;
    },
    create: async (repository) => repository.create(rulesOfNorth, rule(await channels.create(inNorth, webhook()))),
    mine: () => rulesOfNorth,
    theirs: () => rulesOfSouth,
    reads: {
      get: (repository, scope, { id }, options) => repository.get(scope, id, options),
      find: (repository, scope, { id }, options) => repository.find(scope, id, options),
      getRule: (repository, scope, { id }, options) => repository.getRule(scope, id, options),
    },
    writes: {
      update: { write: (repository, { id }) => repository.update(everybody, id, change) },
      delete: { write: (repository, { id }) => repository.delete(everybody, id) },
      restore: {
        prepare: (repository, { id }) => repository.delete(everybody, id),
        write: (repository, { id }) => repository.restore(everybody, id),
      },
      purge: { write: (repository, { id }) => repository.purge(everybody, id) },
      batchUpdate: { write: (repository, row) => repository.batchUpdate(everybody, itself(row), change) },
      batchDelete: { write: (repository, { id }) => repository.batchDelete(everybody, [id]) },
      batchPurge: { write: (repository, row) => repository.batchPurge(everybody, itself(row)) },
    },
    others: ['create', 'bulkCreate', 'bulkCreatePartial', 'loadMany', 'search', 'count', 'listMatchingRules'],
  },
);
