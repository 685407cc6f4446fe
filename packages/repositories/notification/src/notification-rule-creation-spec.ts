import type { DomainName, UserId } from '@holdfast/domain-types';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationRuleId } from './notification-rule-id.js';
import type { NotificationRuleType } from './notification-rule-type.js';

/** What a notification rule is created from. */
export interface NotificationRuleCreationSpec {
  /** Default: a new UUIDv7. */
  readonly id?: NotificationRuleId;
  /** 1 to 256 characters. Several rules may have the same. */
  readonly name: string;
  /** At most 2,048 characters. Default null. */
  readonly description?: string | null;
  readonly ruleType: NotificationRuleType;
  /** A channel of the same domain that is not deleted. Where it is deleted (soft) later, nothing is sent until it is restored. */
  readonly channelId: NotificationChannelId;
  /** Mustache with the variables of the type: see `renderMessage` and `NOTIFICATION_VARIABLES`. */
  readonly messageTemplate: string;
  /** Default true. */
  readonly enabled?: boolean;
  /** Needed unless the scope gives it; what the scope gives cannot be another. */
  readonly domainName?: DomainName;
  /** Default null. */
  readonly createdBy?: UserId | null;
}
