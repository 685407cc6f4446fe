import { errorCode, HoldfastError } from '@holdfast/errors';

/** Redis did not answer in time: it is down, stalled or far. The command may have been executed, or still be. */
export class RedisTimeout extends HoldfastError {
  /** How long it was waited for. */
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super({
      code: errorCode('cache', 'access', 'timeout'),
      message: `Redis did not answer within ${timeoutMs} ms.`,
      httpStatus: 504,
      retryable: true,
      outcome: 'unknown',
    });
    this.timeoutMs = timeoutMs;
  }
}
