import type { ReadOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { standardDbSource } from '@holdfast/standard-repository';
import type { MatchingRule } from './matching-rule.js';
import { matchingRules } from './matching-rules.js';
import { notificationRuleDbSourceResilience } from './notification-resilience.js';
import { notificationRuleCreator } from './notification-rule-creator.js';
import { rules } from './notification-rule-operations.js';
import type { NotificationRuleRow } from './notification-rule-row.js';
import type { NotificationRuleType } from './notification-rule-type.js';
import { notificationRuleUpdater } from './notification-rule-updater.js';

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
