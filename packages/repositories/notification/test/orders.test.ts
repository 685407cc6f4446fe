import * as runner from '@jest/globals';
import { describeOrders, type TestDatabase } from '@holdfast/testing';
import { notificationEntities } from '../src/entities.js';
import {
  notificationChannelFields,
  NotificationChannelOrders,
  notificationRuleFields,
  NotificationRuleOrders,
} from '../src/index.js';
import { notificationMigrations } from '../src/migrations/index.js';
import { channels } from '../src/notification-channel-operations.js';
import { rules } from '../src/notification-rule-operations.js';
import { inSouth, rulesOfSouth } from './fixture/notifications.js';

const tables = { entities: notificationEntities, migrations: notificationMigrations };
// Those of the other domain come first by id: who looks for its own that way finds all of them.
const common = `('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'name ' || n * 7919 % 20011,
  CASE WHEN n > 10000 THEN 'south' ELSE 'north' END,
  now() - n * 6007 % 20011 * interval '1 minute', now() - n * 104729 % 20011 * interval '1 minute'`;

const fillChannels = ({ dataSource }: TestDatabase): Promise<unknown> =>
  dataSource.query(`
    INSERT INTO notification_channels (id, name, domain_name, created_at, updated_at, channel_type, config)
    SELECT ${common}, 'webhook', '{ "url": "https://example.org" }' FROM generate_series(1, 20000) n`);

/** As many rules, each with a channel of its own. */
const fillRules = async (test: TestDatabase): Promise<void> => {
  await fillChannels(test);
  await test.dataSource.query(`
    INSERT INTO notification_rules (id, name, domain_name, created_at, updated_at, channel_id, rule_type, message_template)
    SELECT ${common}, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'session.started', ''
    FROM generate_series(1, 20000) n`);
};

describeOrders(runner, 'notification channels of a domain', {
  tables,
  fill: fillChannels,
  search: (querier) => channels.search(inSouth, querier),
  orders: NotificationChannelOrders,
  fields: notificationChannelFields,
});

describeOrders(runner, 'notification rules of a domain', {
  tables,
  fill: fillRules,
  search: (querier) => rules.search(rulesOfSouth, querier),
  orders: NotificationRuleOrders,
  fields: notificationRuleFields,
});
