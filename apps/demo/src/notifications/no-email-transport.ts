import { errorCode, HoldfastError } from '@holdfast/errors';

/** A mail that nobody sends: the application was given no `EmailTransport`. Code `notification_execute_not-implemented`. */
export class NoEmailTransport extends HoldfastError {
  constructor() {
    super({
      code: errorCode('notification', 'execute', 'not-implemented'),
      message: 'There is nothing to send mails with.',
      httpStatus: 501,
    });
  }
}
