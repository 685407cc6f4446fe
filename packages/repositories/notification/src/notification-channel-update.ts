import type { OptionalState, TriState } from '@holdfast/base';
import type { NotificationChannelConfigInput } from './channel-config.js';
import type { NotificationChannelSecrets } from './notification-channel-secrets.js';

type Changed<Value> = Value | OptionalState<Value>;
type ChangedOrNull<Value> = Value | null | TriState<Value>;

/**
 * What of a channel is changed: what is absent is left, null sets NULL. Its type and to whom it belongs never change.
 */
export interface NotificationChannelUpdate {
  readonly name?: Changed<string>;
  readonly description?: ChangedOrNull<string>;
  readonly enabled?: Changed<boolean>;
  /** The settings as a whole, of the channel's type; secrets are no part of them and stay. */
  readonly config?: NotificationChannelConfigInput;
  /** Each on its own: what is absent is left, null removes it. Only for one channel at a time. */
  readonly secrets?: NotificationChannelSecrets;
}
