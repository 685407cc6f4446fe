import { errorCode, HoldfastError } from '@holdfast/errors';

/** A domain is not purged while it has groups. Status 409, code `domain_purge_conflict`. */
export class DomainHasGroups extends HoldfastError {
  constructor() {
    super({ code: errorCode('domain', 'purge', 'conflict'), message: 'The domain has groups.', httpStatus: 409 });
  }
}
