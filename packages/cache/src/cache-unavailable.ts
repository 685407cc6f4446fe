import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A cache whose writes are strict could not be told of a write, which was therefore not made. Status 503, retryable, code
 * `cache_update_unavailable`.
 */
export class CacheUnavailable extends HoldfastError {
  constructor(cause: unknown) {
    super({
      code: errorCode('cache', 'update', 'unavailable'),
      message: 'Nothing was written: a cache that must know of it cannot be reached.',
      httpStatus: 503,
      retryable: true,
      cause,
    });
  }
}
