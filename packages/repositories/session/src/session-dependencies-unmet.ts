import { errorCode, HoldfastError } from '@holdfast/errors';

/** A session that is to be scheduled waits for one that has not terminated with success. Status 409, code `session_update_conflict`. */
export class SessionDependenciesUnmet extends HoldfastError {
  constructor(cause?: unknown) {
    super({
      code: errorCode('session', 'update', 'conflict'),
      message: 'The session waits for another that has not terminated with success.',
      httpStatus: 409,
      cause,
    });
  }
}
