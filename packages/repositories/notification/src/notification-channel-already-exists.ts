import { EntityAlreadyExists } from '@holdfast/errors';

/** The domain has a channel of this name, or the id is taken. Status 409, code `notification_create_already-exists`. */
export class NotificationChannelAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('notification', 'A notification channel of this name, or of this id, exists already.', cause);
  }
}
