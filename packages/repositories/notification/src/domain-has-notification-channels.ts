import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A domain cannot be purged while channels bear its name, deleted ones included: the next domain of that name would get
 * them with their secrets. Status 409, code `domain_purge_conflict`.
 */
export class DomainHasNotificationChannels extends HoldfastError {
  constructor() {
    super({
      code: errorCode('domain', 'purge', 'conflict'),
      message: 'The domain has notification channels.',
      httpStatus: 409,
    });
  }
}
