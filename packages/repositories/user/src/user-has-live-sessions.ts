import { errorCode, HoldfastError } from '@holdfast/errors';

/** A user cannot be purged while it has sessions that are not over. Status 409, code `user_purge_conflict`. */
export class UserHasLiveSessions extends HoldfastError {
  constructor() {
    super({
      code: errorCode('user', 'purge', 'conflict'),
      message: 'A user that has live sessions cannot be purged.',
      httpStatus: 409,
    });
  }
}
