import { entityOperations, ForeignKeyViolation, type ReadOptions } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import { missingValue, standardDbSource } from '@holdfast/standard-repository';
import type { MatchingRule } from './matching-rule.js';
import { matchingRules } from './matching-rules.js';
import { notificationRuleDbSourceResilience } from './notification-resilience.js';
import { NotificationRuleAlreadyExists } from './notification-rule-already-exists.js';
import { notificationRuleCreator } from './notification-rule-creator.js';
import type { NotificationRuleId } from './notification-rule-id.js';
import type { NotificationRuleInfo } from './notification-rule-info.js';
import { NotificationRuleNotFound } from './notification-rule-not-found.js';
import { NotificationRuleRow, toNotificationRuleInfo } from './notification-rule-row.js';
import type { NotificationRuleType } from './notification-rule-type.js';
import { notificationRuleUpdater } from './notification-rule-updater.js';

const rules = entityOperations<NotificationRuleRow, NotificationRuleInfo, NotificationRuleId>({
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
  ],
});

const standard = standardDbSource(notificationRuleDbSourceResilience, {
  operations: rules,
  creator: notificationRuleCreator,
  updater: notificationRuleUpdater,
});

/** All SQL on notification rules. */
export class NotificationRuleDbSource extends standard {
  @notificationRuleDbSourceResilience.apply()
  listMatchingRules(
    scope: Scope<NotificationRuleRow>,
    ruleType: NotificationRuleType,
    enabledOnly: boolean,
    options?: ReadOptions,
  ): Promise<readonly MatchingRule[]> {
    return this.executor.execute(matchingRules(scope, ruleType, enabledOnly), options);
  }
}
