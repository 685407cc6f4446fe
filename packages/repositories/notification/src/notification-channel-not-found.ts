import { EntityNotFound } from '@holdfast/errors';
import type { NotificationChannelId } from './notification-channel-id.js';

/** No such channel in the scope that was given. Status 404, code `notification_read_not-found`. */
export class NotificationChannelNotFound extends EntityNotFound {
  readonly channelId: NotificationChannelId;

  constructor(channelId: NotificationChannelId) {
    super('notification', `No notification channel ${channelId}.`);
    this.channelId = channelId;
  }
}
