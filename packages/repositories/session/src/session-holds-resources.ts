import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A session that was to be deleted or purged is neither pending nor over, so that its kernels may hold a place: move it to
 * TERMINATED first, which every status leads to. Status 409, code `session_soft-delete_conflict` or `session_purge_conflict`.
 */
export class SessionHoldsResources extends HoldfastError {
  constructor(operation: 'soft-delete' | 'purge', cause?: unknown) {
    super({
      code: errorCode('session', operation, 'conflict'),
      message: 'The session is scheduled and not over: terminate it first.',
      httpStatus: 409,
      cause,
    });
  }
}
