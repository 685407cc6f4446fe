import { errorCode, HoldfastError } from '@holdfast/errors';

/** As many commands wait for Redis as may; this one was not sent. */
export class RedisBacklogFull extends HoldfastError {
  constructor(maxPending: number) {
    super({
      code: errorCode('cache', 'access', 'unavailable'),
      message: `${maxPending} commands wait for Redis already.`,
      httpStatus: 503,
      retryable: true,
    });
  }
}
