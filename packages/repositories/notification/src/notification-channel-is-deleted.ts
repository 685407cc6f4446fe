import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A rule was to go to a channel that is deleted (soft): restore the channel first, or name another. Status 409, code
 * `notification_access_gone`.
 */
export class NotificationChannelIsDeleted extends HoldfastError {
  constructor(cause?: unknown) {
    super({
      code: errorCode('notification', 'access', 'gone'),
      message: 'The notification channel is deleted.',
      httpStatus: 409,
      cause,
    });
  }
}
