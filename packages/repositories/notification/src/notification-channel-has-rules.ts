import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A channel cannot be purged while rules refer to it, deleted ones included: purge or move those first. Status 409, code
 * `notification_purge_conflict`.
 */
export class NotificationChannelHasRules extends HoldfastError {
  constructor(cause?: unknown) {
    super({
      code: errorCode('notification', 'purge', 'conflict'),
      message: 'Notification rules refer to the channel.',
      httpStatus: 409,
      cause,
    });
  }
}
