import type { DomainName, UserId } from '@holdfast/domain-types';
import type { EmailConfigInput } from './email-config.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelSecrets } from './notification-channel-secrets.js';
import type { WebhookConfigInput } from './webhook-config.js';

interface Common {
  /** Default: a new UUIDv7. With an operation key, a channel that has secrets needs one that is given. */
  readonly id?: NotificationChannelId;
  /** 1 to 256 characters, unique among the domain's channels that are not deleted. */
  readonly name: string;
  /** At most 2,048 characters. Default null. */
  readonly description?: string | null;
  /** Default true. */
  readonly enabled?: boolean;
  /** Needed unless the scope gives it; what the scope gives cannot be another. */
  readonly domainName?: DomainName;
  /** Default null. */
  readonly createdBy?: UserId | null;
  /** Default none. */
  readonly secrets?: NotificationChannelSecrets;
}

/** What a notification channel is created from. */
export type NotificationChannelCreationSpec =
  | (Common & { readonly type: 'webhook'; readonly config: WebhookConfigInput })
  | (Common & { readonly type: 'email'; readonly config: EmailConfigInput });
