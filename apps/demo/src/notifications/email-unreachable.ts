import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A mail server was not reached, or did not answer to the end. The mail may be sent again whatever became of it: its
 * Message-ID tells that it is the same. Code `notification_request_unreachable`.
 */
export class EmailUnreachable extends HoldfastError {
  constructor() {
    super({
      code: errorCode('notification', 'request', 'unreachable'),
      message: 'The mail server was not reached, or did not answer.',
      httpStatus: 502,
      retryable: true,
    });
  }
}
