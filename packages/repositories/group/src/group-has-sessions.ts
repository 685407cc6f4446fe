import { errorCode, HoldfastError } from '@holdfast/errors';

/** A group is not purged while there are sessions of it, be they over. Status 409, code `group_purge_conflict`. */
export class GroupHasSessions extends HoldfastError {
  constructor() {
    super({ code: errorCode('group', 'purge', 'conflict'), message: 'The group has sessions.', httpStatus: 409 });
  }
}
