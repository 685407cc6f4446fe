import { EntityAlreadyExists } from '@holdfast/errors';

/** The id is taken. Status 409, code `notification_create_already-exists`. */
export class NotificationRuleAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('notification', 'A notification rule of this id exists already.', cause);
  }
}
