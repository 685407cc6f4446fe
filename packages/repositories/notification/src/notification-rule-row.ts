import type { DomainName, UserId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationRuleId } from './notification-rule-id.js';
import type { NotificationRuleInfo } from './notification-rule-info.js';
import type { NotificationRuleType } from './notification-rule-type.js';

/**
 * A row of the table `notification_rules`: what conditions, orders and scopes speak of. Callers get `NotificationRuleInfo`.
 */
export interface NotificationRuleRow {
  id: NotificationRuleId;
  domainName: DomainName;
  name: string;
  description: string | null;
  ruleType: NotificationRuleType;
  channelId: NotificationChannelId;
  messageTemplate: string;
  enabled: boolean;
  createdBy: UserId | null;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

const timestamp = 'timestamp with time zone';

export const NotificationRuleRow = new EntitySchema<NotificationRuleRow>({
  name: 'NotificationRule',
  tableName: 'notification_rules',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'notification_rules_pkey' },
    domainName: { name: 'domain_name', type: 'text' },
    name: { type: 'text' },
    description: { type: 'text', nullable: true },
    ruleType: { name: 'rule_type', type: 'text' },
    channelId: { name: 'channel_id', type: 'uuid' },
    messageTemplate: { name: 'message_template', type: 'text' },
    enabled: { type: 'boolean', default: true },
    createdBy: { name: 'created_by', type: 'uuid', nullable: true },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    updatedAt: { name: 'updated_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
  },
  foreignKeys: [
    {
      name: 'notification_rules_channel_fkey',
      target: 'NotificationChannel',
      columnNames: ['channelId', 'domainName'],
      referencedColumnNames: ['id', 'domainName'],
    },
  ],
  checks: [
    {
      name: 'notification_rules_type_check',
      expression:
        `rule_type IN ('session.started', 'session.terminated', 'artifact.download.completed',` +
        ` 'endpoint.lifecycle.changed')`,
    },
  ],
  indices: [
    { name: 'notification_rules_channel_idx', columns: ['channelId', 'domainName'] },
    { name: 'notification_rules_domain_type_idx', columns: ['domainName', 'ruleType', 'createdAt', 'id'] },
    { name: 'notification_rules_domain_name_idx', columns: ['domainName', 'name', 'id'] },
    { name: 'notification_rules_domain_created_idx', columns: ['domainName', 'createdAt', 'id'] },
    { name: 'notification_rules_domain_updated_idx', columns: ['domainName', 'updatedAt', 'id'] },
  ],
});

/** The data of a row. */
export function toNotificationRuleInfo(row: NotificationRuleRow): NotificationRuleInfo {
  return Object.freeze({
    id: row.id,
    domainName: row.domainName,
    name: row.name,
    description: row.description,
    ruleType: row.ruleType,
    channelId: row.channelId,
    messageTemplate: row.messageTemplate,
    enabled: row.enabled,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deletedAt: row.deletedAt,
  });
}
