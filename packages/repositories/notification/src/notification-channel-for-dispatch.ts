import type { NotificationChannelInfo } from './notification-channel-info.js';
import type { RevealedSecrets } from './revealed-secrets.js';

/** A channel with what is needed to send by it. */
export interface NotificationChannelForDispatch {
  readonly channel: NotificationChannelInfo;
  /** Decrypted. Printed, or as JSON, it shows none of them. */
  readonly secrets: RevealedSecrets;
}
