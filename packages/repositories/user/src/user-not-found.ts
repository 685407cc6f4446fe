import type { UserId } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** No such user in the scope that was given. Status 404, code `user_read_not-found`. */
export class UserNotFound extends EntityNotFound {
  /** The id that was asked for; null where it was an e-mail address or a name. */
  readonly userId: UserId | null;

  constructor(userId: UserId | null) {
    super('user', userId === null ? 'No such user.' : `No user ${userId}.`);
    this.userId = userId;
  }
}
