import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * What a session asks for, and where, changes only while it is pending; its slots only where it has one kernel at most,
 * which asks for the same then. Status 409, code `session_update_conflict`.
 */
export class SessionRequestFixed extends HoldfastError {
  constructor(cause?: unknown) {
    super({
      code: errorCode('session', 'update', 'conflict'),
      message: 'What a session asks for changes while it is pending, and its slots where it has one kernel.',
      httpStatus: 409,
      cause,
    });
  }
}
