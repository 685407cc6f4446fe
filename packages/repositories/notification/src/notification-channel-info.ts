import type { DomainName, UserId } from '@holdfast/domain-types';
import type { NotificationChannelConfig } from './channel-config.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { SecretName } from './notification-channel-secrets.js';
import type { NotificationChannelType } from './notification-channel-type.js';

/** A notification channel, as callers see it: plain data, frozen all the way down, without its secrets. */
export interface NotificationChannelInfo {
  readonly id: NotificationChannelId;
  readonly domainName: DomainName;
  /** Unique among a domain's channels that are not deleted. */
  readonly name: string;
  readonly description: string | null;
  readonly type: NotificationChannelType;
  /** Of a webhook or of mails; see `isWebhookConfig`. */
  readonly config: NotificationChannelConfig;
  /** Which secrets are set. */
  readonly secrets: Readonly<Record<SecretName, boolean>>;
  readonly enabled: boolean;
  readonly createdBy: UserId | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Set while the channel is soft-deleted. */
  readonly deletedAt: Date | null;
}
