import { errorCode, HoldfastError } from '@holdfast/errors';

/** Statuses of servers that may take the same later (RFC 9110 §15, RFC 6585 §4, RFC 8470 §5.2). */
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A webhook answered with a status that is none of its successes. Code `notification_request_bad-request`. */
export class WebhookRefused extends HoldfastError {
  readonly status: number;

  constructor(status: number) {
    super({
      code: errorCode('notification', 'request', 'bad-request'),
      message: `The webhook answered with ${status}.`,
      httpStatus: 502,
      retryable: passing.has(status),
    });
    this.status = status;
  }
}
