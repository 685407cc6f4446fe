import { CheckViolation, entityOperations, ForeignKeyViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { missingValue } from '@holdfast/standard-repository';
import { NotificationChannelIsDeleted } from './notification-channel-is-deleted.js';
import { NotificationRuleAlreadyExists } from './notification-rule-already-exists.js';
import type { NotificationRuleId } from './notification-rule-id.js';
import type { NotificationRuleInfo } from './notification-rule-info.js';
import { NotificationRuleNotFound } from './notification-rule-not-found.js';
import { NotificationRuleRow, toNotificationRuleInfo } from './notification-rule-row.js';

/** The standard operations on the table `notification_rules`. */
export const rules = entityOperations<NotificationRuleRow, NotificationRuleInfo, NotificationRuleId>({
  entity: NotificationRuleRow,
  toData: toNotificationRuleInfo,
  notFound: (id) => new NotificationRuleNotFound(id),
  alreadyExists: () => new NotificationRuleAlreadyExists(),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
    missingValue(NotificationRuleRow, { domainName: 'A rule needs a domain, from its scope or from its spec.' }),
    {
      violation: ForeignKeyViolation,
      constraint: 'notification_rules_channel_fkey',
      error: (violation) =>
        new InvalidInput('INVALID_VALUE', 'There is no such notification channel.', '/channelId', violation),
    },
    {
      violation: CheckViolation,
      constraint: 'notification_rules_channel_live',
      error: (violation) => new NotificationChannelIsDeleted(violation),
    },
  ],
});
