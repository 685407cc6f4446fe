import { errorCode, HoldfastError } from '@holdfast/errors';

/** The default domain is neither deleted nor purged: another must become the default first. Status 409, code `domain_purge_conflict`. */
export class DomainIsDefault extends HoldfastError {
  constructor(cause?: unknown) {
    super({
      code: errorCode('domain', 'purge', 'conflict'),
      message: 'It is the default domain: make another one the default first.',
      httpStatus: 409,
      cause,
    });
  }
}
