import type { OptionalState, TriState } from '@holdfast/base';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationRuleType } from './notification-rule-type.js';

type Changed<Value> = Value | OptionalState<Value>;
type ChangedOrNull<Value> = Value | null | TriState<Value>;

/**
 * What of a rule is changed: what is absent is left, null sets NULL. To whom it belongs never changes.
 */
export interface NotificationRuleUpdate {
  readonly name?: Changed<string>;
  readonly description?: ChangedOrNull<string>;
  /** A channel of the same domain that is not deleted. */
  readonly channelId?: Changed<NotificationChannelId>;
  /** Goes together with the template: one is checked by the other. */
  readonly ruleType?: NotificationRuleType;
  /** Goes together with the type, be it the one that the rule has. */
  readonly messageTemplate?: string;
  readonly enabled?: Changed<boolean>;
}
