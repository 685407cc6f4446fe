import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * Several users of the scope have the e-mail address or the username: they are unique among the users of a domain that are
 * not deleted, and the scope was wider, or only deleted ones had it. Status 409, code `user_read_conflict`.
 */
export class AmbiguousUser extends HoldfastError {
  constructor() {
    super({
      code: errorCode('user', 'read', 'conflict'),
      message: 'Several users are called so: say which domain is meant.',
      httpStatus: 409,
    });
  }
}
