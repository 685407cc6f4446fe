import { errorCode, HoldfastError } from '@holdfast/errors';

/** A domain is not purged while it has users. Status 409, code `domain_purge_conflict`. */
export class DomainHasUsers extends HoldfastError {
  constructor() {
    super({ code: errorCode('domain', 'purge', 'conflict'), message: 'The domain has users.', httpStatus: 409 });
  }
}
