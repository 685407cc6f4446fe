import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A session that is not over waits for the one that was to be purged, which has not succeeded. Status 409, code
 * `session_purge_conflict`.
 */
export class SessionIsAwaited extends HoldfastError {
  constructor(cause?: unknown) {
    super({
      code: errorCode('session', 'purge', 'conflict'),
      message: 'Another session waits for this one: end or purge that, or let it wait no longer.',
      httpStatus: 409,
      cause,
    });
  }
}
