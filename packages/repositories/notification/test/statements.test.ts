import * as runner from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { SecretKeys } from '@holdfast/secrets';
import { describeStatements } from '@holdfast/testing';
import { notificationEntities } from '../src/entities.js';
import { NotificationChannelRepository, NotificationRepositories, NotificationRuleRepository } from '../src/index.js';
import { notificationMigrations } from '../src/migrations/index.js';
import { inNorth, keys, newKey, oldKey, rule, rulesOfNorth, webhook } from './fixture/notifications.js';

const tables = { entities: notificationEntities, migrations: notificationMigrations };
const specs = <Spec>(rows: number, make: () => Spec): Spec[] => Array.from({ length: rows }, make);

describeStatements(runner, 'NotificationChannelRepository', {
  tables,
  repository: (database) => NotificationRepositories.create({ database, secrets: keys }).channelRepository,
  statements: NotificationChannelRepository.statements,
  calls: {
    getChannel: async ({ repository }, rows) => {
      const [channel] = await repository.bulkCreate(inNorth, specs(rows, webhook));
      return () => repository.getChannel(inNorth, channel!.id);
    },
    getChannelForDispatch: async ({ repository }, rows) => {
      const secrets = { signingSecret: 'sixteen characters or more' };
      const [channel] = await repository.bulkCreate(
        inNorth,
        specs(rows, () => webhook({ secrets })),
      );
      return () => repository.getChannelForDispatch(inNorth, channel!.id);
    },
    resealSecrets: async ({ repository, test }, rows) => {
      const secrets = { signingSecret: 'sixteen characters or more' };
      await repository.bulkCreate(
        inNorth,
        specs(rows, () => webhook({ secrets })),
      );
      const secretKeys = new SecretKeys([newKey('rotated'), oldKey]);
      const { database } = test;
      const { channelRepository } = NotificationRepositories.create({ database, secrets: secretKeys });
      return () => channelRepository.resealSecrets(unscoped('a rotation'), { batchSize: rows });
    },
  },
});

const withSecret = () => webhook({ secrets: { signingSecret: 'sixteen characters or more' } });

describeStatements(runner, 'NotificationChannelRepository, of channels that have secrets', {
  tables,
  repository: (database) => NotificationRepositories.create({ database, secrets: keys }).channelRepository,
  statements: NotificationChannelRepository.standardStatements,
  calls: {
    create: async ({ repository }) => Promise.resolve(() => repository.create(inNorth, withSecret())),
    bulkCreate: async ({ repository }, rows) => {
      const given = specs(rows, withSecret);
      return Promise.resolve(() => repository.bulkCreate(inNorth, given));
    },
    bulkCreatePartial: async ({ repository }, rows) => {
      const given = specs(rows, withSecret);
      return Promise.resolve(() => repository.bulkCreatePartial(inNorth, given));
    },
    update: async ({ repository }, rows) => {
      const [channel] = await repository.bulkCreate(inNorth, specs(rows, withSecret));
      return () => repository.update(inNorth, channel!.id, { secrets: { signingSecret: null } });
    },
  },
});

describeStatements(runner, 'NotificationRuleRepository', {
  tables,
  repository: (database) => NotificationRepositories.create({ database, secrets: keys }),
  statements: NotificationRuleRepository.statements,
  calls: {
    getRule: async ({ repository: { channelRepository, ruleRepository } }, rows) => {
      const channel = await channelRepository.create(inNorth, webhook());
      const [one] = await ruleRepository.bulkCreate(
        rulesOfNorth,
        specs(rows, () => rule(channel)),
      );
      return () => ruleRepository.getRule(rulesOfNorth, one!.id);
    },
    listMatchingRules: async ({ repository: { channelRepository, ruleRepository } }, rows) => {
      const channel = await channelRepository.create(inNorth, webhook());
      await ruleRepository.bulkCreate(
        rulesOfNorth,
        specs(rows, () => rule(channel)),
      );
      return () => ruleRepository.listMatchingRules(rulesOfNorth, 'session.started');
    },
  },
});
