import { errorCode, HoldfastError } from '@holdfast/errors';

/** A user is not purged while there are sessions of it, be they over. Status 409, code `user_purge_conflict`. */
export class UserHasSessions extends HoldfastError {
  constructor() {
    super({ code: errorCode('user', 'purge', 'conflict'), message: 'The user has sessions.', httpStatus: 409 });
  }
}
