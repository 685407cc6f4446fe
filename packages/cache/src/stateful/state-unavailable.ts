import { errorCode, HoldfastError } from '@holdfast/errors';

/** What only Redis knows cannot be asked or told now. Status 503, retryable, code `cache_access_unavailable`. */
export class StateUnavailable extends HoldfastError {
  constructor(cause: unknown) {
    super({
      code: errorCode('cache', 'access', 'unavailable'),
      message: 'The state cannot be reached.',
      httpStatus: 503,
      retryable: true,
      outcome: 'unknown',
      cause,
    });
  }
}
