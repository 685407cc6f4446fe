import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A webhook was not reached, or did not answer to the end. It may be called again whatever became of it: its idempotency key
 * tells that it is the same message. Code `notification_request_unreachable`.
 */
export class WebhookUnreachable extends HoldfastError {
  constructor(cause: unknown) {
    super({
      code: errorCode('notification', 'request', 'unreachable'),
      message: 'The webhook was not reached, or did not answer.',
      httpStatus: 502,
      retryable: true,
      cause,
    });
  }
}
