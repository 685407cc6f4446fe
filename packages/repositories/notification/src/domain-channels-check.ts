import type { ConflictCheck } from '@holdfast/base';
import { DomainHasNotificationChannels } from './domain-has-notification-channels.js';

/** Keeps domains that have channels, and so those that have rules, from being purged: for the repository of domains. */
export const domainChannelsCheck: ConflictCheck = Object.freeze<ConflictCheck>({
  table: 'notification_channels',
  column: 'domain_name',
  error: () => new DomainHasNotificationChannels(),
});
