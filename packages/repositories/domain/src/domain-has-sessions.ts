import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A domain is not purged while there are sessions of it, be they over: whoever is given its name next would see them.
 * Status 409, code `domain_purge_conflict`.
 */
export class DomainHasSessions extends HoldfastError {
  constructor() {
    super({ code: errorCode('domain', 'purge', 'conflict'), message: 'The domain has sessions.', httpStatus: 409 });
  }
}
