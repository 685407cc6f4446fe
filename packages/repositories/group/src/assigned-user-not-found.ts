import type { UserId } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** No such user who could become a member of the group. Status 404, code `user_read_not-found`. */
export class AssignedUserNotFound extends EntityNotFound {
  readonly userUuid: UserId;

  constructor(userUuid: UserId) {
    super('user', `No user ${userUuid}.`);
    this.userUuid = userUuid;
  }
}
