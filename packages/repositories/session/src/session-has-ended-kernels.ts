import { errorCode, HoldfastError } from '@holdfast/errors';

/** A session of which a kernel is over is not scheduled anew. Status 409, code `session_update_conflict`. */
export class SessionHasEndedKernels extends HoldfastError {
  constructor(cause?: unknown) {
    super({
      code: errorCode('session', 'update', 'conflict'),
      message: 'A kernel of the session is over, and would not run with the others: end the session.',
      httpStatus: 409,
      cause,
    });
  }
}
