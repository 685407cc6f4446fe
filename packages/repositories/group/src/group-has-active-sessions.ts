import { errorCode, HoldfastError } from '@holdfast/errors';

/** A group is not purged while sessions of it are active. Status 409, code `group_purge_conflict`. */
export class GroupHasActiveSessions extends HoldfastError {
  constructor() {
    super({
      code: errorCode('group', 'purge', 'conflict'),
      message: 'The group has active sessions.',
      httpStatus: 409,
    });
  }
}
