import { CheckViolation, entityOperations, ForeignKeyViolation, UniqueViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { missingValue } from '@holdfast/standard-repository';
import { NotificationChannelAlreadyExists } from './notification-channel-already-exists.js';
import { NotificationChannelHasRules } from './notification-channel-has-rules.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelInfo } from './notification-channel-info.js';
import { NotificationChannelNotFound } from './notification-channel-not-found.js';
import { NotificationChannelRow, toNotificationChannelInfo } from './notification-channel-row.js';

/** The standard operations on the table `notification_channels`. */
export const channels = entityOperations<NotificationChannelRow, NotificationChannelInfo, NotificationChannelId>({
  entity: NotificationChannelRow,
  toData: toNotificationChannelInfo,
  notFound: (id) => new NotificationChannelNotFound(id),
  alreadyExists: () => new NotificationChannelAlreadyExists(),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
    missingValue(NotificationChannelRow, { domainName: 'A channel needs a domain, from its scope or from its spec.' }),
    {
      violation: UniqueViolation,
      constraint: 'notification_channels_name_key',
      error: (violation) => new NotificationChannelAlreadyExists(violation),
    },
    {
      violation: ForeignKeyViolation,
      constraint: 'notification_rules_channel_fkey',
      error: (violation) => new NotificationChannelHasRules(violation),
    },
    {
      violation: CheckViolation,
      constraint: 'notification_channels_config_check',
      error: (violation) =>
        new InvalidInput('INVALID_VALUE', 'These are settings of another type of channel.', '/config', violation),
    },
    {
      violation: CheckViolation,
      constraint: 'notification_channels_secrets_check',
      error: (violation) =>
        new InvalidInput('INVALID_VALUE', 'This is a secret of another type of channel.', '/secrets', violation),
    },
  ],
});
