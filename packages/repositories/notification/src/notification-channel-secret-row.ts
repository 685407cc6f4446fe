import { EntitySchema } from 'typeorm';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { SecretName } from './notification-channel-secrets.js';

/**
 * A row of the table `notification_channel_secrets`: what `SecretKeys` made of the secrets of a channel, null where there
 * is none. They have a table of their own: no condition, order or search on channels can name them.
 */
export interface NotificationChannelSecretRow extends Record<SecretName, string | null> {
  channelId: NotificationChannelId;
}

export const NotificationChannelSecretRow = new EntitySchema<NotificationChannelSecretRow>({
  name: 'NotificationChannelSecret',
  tableName: 'notification_channel_secrets',
  columns: {
    channelId: {
      name: 'channel_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'notification_channel_secrets_pkey',
    },
    headers: { type: 'text', nullable: true },
    signingSecret: { name: 'signing_secret', type: 'text', nullable: true },
    smtpPassword: { name: 'smtp_password', type: 'text', nullable: true },
  },
  foreignKeys: [
    {
      name: 'notification_channel_secrets_channel_fkey',
      target: 'NotificationChannel',
      columnNames: ['channelId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
