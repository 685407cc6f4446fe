import type { NotificationChannelInfo } from './notification-channel-info.js';
import type { NotificationRuleInfo } from './notification-rule-info.js';

/** A rule with the channel that it goes to. */
export interface MatchingRule {
  readonly rule: NotificationRuleInfo;
  readonly channel: NotificationChannelInfo;
}
