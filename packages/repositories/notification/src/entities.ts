import type { EntitySchema } from 'typeorm';
import { NotificationChannelRow } from './notification-channel-row.js';
import { NotificationChannelSecretRow } from './notification-channel-secret-row.js';
import { NotificationRuleRow } from './notification-rule-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const notificationEntities: readonly EntitySchema[] = Object.freeze([
  NotificationChannelRow,
  NotificationChannelSecretRow,
  NotificationRuleRow,
] as EntitySchema[]);
