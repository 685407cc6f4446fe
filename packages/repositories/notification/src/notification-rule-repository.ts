import type { ReadOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { type StatementsOf, standardRepository } from '@holdfast/standard-repository';
import type { MatchingRule } from './matching-rule.js';
import { notificationRuleRepositoryResilience } from './notification-resilience.js';
import { NotificationRuleDbSource } from './notification-rule-db-source.js';
import type { NotificationRuleId } from './notification-rule-id.js';
import type { NotificationRuleInfo } from './notification-rule-info.js';
import type { NotificationRuleRow } from './notification-rule-row.js';
import type { NotificationRuleType } from './notification-rule-type.js';

type Rules = Scope<NotificationRuleRow>;

/** What `listMatchingRules` may be told. */
export interface MatchingOptions extends Omit<ReadOptions, 'includeDeleted'> {
  /** Whether rule and channel must be enabled. Default true. */
  readonly enabledOnly?: boolean;
}

/**
 * Notification rules: which message goes to which channel when something has happened. A rule refers to a channel of its
 * own domain; for any other id, and another domain's, it is `InvalidInput`, for one that is deleted
 * `NotificationChannelIsDeleted`.
 */
export class NotificationRuleRepository extends standardRepository(
  notificationRuleRepositoryResilience,
  NotificationRuleDbSource,
) {
  static readonly statements: StatementsOf<NotificationRuleRepository> = {
    getRule: () => 1,
    listMatchingRules: () => 1,
  };

  /** Another name of `get`, reported under its own: the one that the rest of the system knows it by. */
  @notificationRuleRepositoryResilience.apply()
  getRule(scope: Rules, id: NotificationRuleId, options?: ReadOptions): Promise<NotificationRuleInfo> {
    return this.dbSource.get(scope, id, options);
  }

  /**
   * All rules of a type with their channels, oldest first; what is deleted (soft) is none. Throws `InvalidInput` for what is
   * no type.
   */
  @notificationRuleRepositoryResilience.apply()
  listMatchingRules(
    scope: Rules,
    ruleType: NotificationRuleType,
    { enabledOnly = true, ...options }: MatchingOptions = {},
  ): Promise<readonly MatchingRule[]> {
    return this.dbSource.listMatchingRules(scope, ruleType, enabledOnly, options);
  }
}
