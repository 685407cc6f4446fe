import { errorCode, HoldfastError } from '@holdfast/errors';

/** The dependency would make a session wait for itself. Status 409, code `session_update_conflict`. */
export class SessionDependencyCycle extends HoldfastError {
  constructor(cause?: unknown) {
    super({
      code: errorCode('session', 'update', 'conflict'),
      message: 'A session cannot depend on itself, nor on one that depends on it.',
      httpStatus: 409,
      cause,
    });
  }
}
