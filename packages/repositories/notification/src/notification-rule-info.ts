import type { DomainName, UserId } from '@holdfast/domain-types';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationRuleId } from './notification-rule-id.js';
import type { NotificationRuleType } from './notification-rule-type.js';

/** A notification rule, as callers see it: plain data, frozen all the way down. */
export interface NotificationRuleInfo {
  readonly id: NotificationRuleId;
  readonly domainName: DomainName;
  readonly name: string;
  readonly description: string | null;
  readonly ruleType: NotificationRuleType;
  /** Where its messages go. */
  readonly channelId: NotificationChannelId;
  /** Of what messages are made: see `renderMessage`. */
  readonly messageTemplate: string;
  readonly enabled: boolean;
  readonly createdBy: UserId | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Set while the rule is soft-deleted. */
  readonly deletedAt: Date | null;
}
