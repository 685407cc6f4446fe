import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A mail server did not take a mail, or not for all recipients. It may take it later where it says so (4xx: RFC 5321
 * §4.2.1). What else it says is not repeated: it may hold anything. Code `notification_request_bad-request`.
 */
export class EmailRefused extends HoldfastError {
  /** The reply code of the server; null: it offers no login or no encryption, or nobody vouches for it. */
  readonly reply: number | null;

  constructor(reply: number | null) {
    super({
      code: errorCode('notification', 'request', 'bad-request'),
      message:
        reply === null
          ? 'The mail server offers no login or no encryption that will do.'
          : `The mail server answered with ${reply}.`,
      httpStatus: 502,
      retryable: reply !== null && reply < 500,
    });
    this.reply = reply;
  }
}
