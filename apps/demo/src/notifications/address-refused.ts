import { errorCode, HoldfastError } from '@holdfast/errors';

/** A webhook leads to this machine, or into its network. Code `notification_request_forbidden`. */
export class AddressRefused extends HoldfastError {
  constructor() {
    super({
      code: errorCode('notification', 'request', 'forbidden'),
      message: 'Webhooks are called in the public internet only.',
      httpStatus: 403,
    });
  }
}
