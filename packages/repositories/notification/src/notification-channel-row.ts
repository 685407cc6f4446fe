import type { DomainName, UserId } from '@holdfast/domain-types';
import { freeze, type Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { NotificationChannelConfig } from './channel-config.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelInfo } from './notification-channel-info.js';
import type { NotificationChannelType } from './notification-channel-type.js';

/**
 * A row of the table `notification_channels`: what conditions, orders and scopes speak of. Callers get
 * `NotificationChannelInfo`. Of its secrets it says only which there are: `NotificationChannelSecretRow` has them.
 */
export interface NotificationChannelRow {
  id: NotificationChannelId;
  domainName: DomainName;
  name: string;
  description: string | null;
  channelType: NotificationChannelType;
  config: Jsonb<NotificationChannelConfig>;
  enabled: boolean;
  createdBy: UserId | null;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
  hasHeaders: boolean;
  hasSigningSecret: boolean;
  hasSmtpPassword: boolean;
}

const timestamp = 'timestamp with time zone';

export const NotificationChannelRow = new EntitySchema<NotificationChannelRow>({
  name: 'NotificationChannel',
  tableName: 'notification_channels',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'notification_channels_pkey' },
    domainName: { name: 'domain_name', type: 'text' },
    name: { type: 'text' },
    description: { type: 'text', nullable: true },
    channelType: { name: 'channel_type', type: 'text' },
    config: { type: 'jsonb' },
    enabled: { type: 'boolean', default: true },
    createdBy: { name: 'created_by', type: 'uuid', nullable: true },
    createdAt: { name: 'created_at', type: timestamp, createDate: true },
    updatedAt: { name: 'updated_at', type: timestamp, updateDate: true },
    deletedAt: { name: 'deleted_at', type: timestamp, deleteDate: true, nullable: true },
    hasHeaders: { name: 'has_headers', type: 'boolean', default: false },
    hasSigningSecret: { name: 'has_signing_secret', type: 'boolean', default: false },
    hasSmtpPassword: { name: 'has_smtp_password', type: 'boolean', default: false },
  },
  checks: [
    {
      name: 'notification_channels_config_check',
      expression:
        `channel_type = 'webhook' AND jsonb_exists(config, 'url')` +
        ` OR channel_type = 'email' AND jsonb_exists(config, 'smtp')`,
    },
    {
      name: 'notification_channels_secrets_check',
      expression:
        `CASE channel_type WHEN 'webhook' THEN NOT has_smtp_password` +
        ` ELSE NOT (has_headers OR has_signing_secret) END`,
    },
  ],
  // What a rule refers to, so that it never refers to another tenant's channel.
  uniques: [{ name: 'notification_channels_domain_key', columns: ['id', 'domainName'] }],
  indices: [
    {
      name: 'notification_channels_name_key',
      columns: ['domainName', 'name'],
      unique: true,
      where: 'deleted_at IS NULL',
    },
    { name: 'notification_channels_domain_name_idx', columns: ['domainName', 'name', 'id'] },
    { name: 'notification_channels_domain_created_idx', columns: ['domainName', 'createdAt', 'id'] },
    { name: 'notification_channels_domain_updated_idx', columns: ['domainName', 'updatedAt', 'id'] },
  ],
});

/** The data of a row: of its secrets, only whether they are there. */
export function toNotificationChannelInfo(row: NotificationChannelRow): NotificationChannelInfo {
  return freeze({
    id: row.id,
    domainName: row.domainName,
    name: row.name,
    description: row.description,
    type: row.channelType,
    config: row.config,
    secrets: {
      headers: row.hasHeaders,
      signingSecret: row.hasSigningSecret,
      smtpPassword: row.hasSmtpPassword,
    },
    enabled: row.enabled,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deletedAt: row.deletedAt,
  });
}
