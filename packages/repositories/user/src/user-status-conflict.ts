import type { UserId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';
import type { UserStatus } from './user-status.js';

/** A user cannot go from the status that it is in to the one that was asked for. Status 409, code `user_update_conflict`. */
export class UserStatusConflict extends HoldfastError {
  readonly userId: UserId;
  readonly from: UserStatus;
  readonly to: UserStatus;

  constructor(userId: UserId, from: UserStatus, to: UserStatus) {
    super({
      code: errorCode('user', 'update', 'conflict'),
      message: `User ${userId} is ${from} and cannot become ${to}.`,
      httpStatus: 409,
    });
    this.userId = userId;
    this.from = from;
    this.to = to;
  }
}
