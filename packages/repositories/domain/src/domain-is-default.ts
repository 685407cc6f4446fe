import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * The default domain is neither deleted nor purged: another must become the default first. Status 409, code
 * `domain_soft-delete_conflict` or `domain_purge_conflict`.
 */
export class DomainIsDefault extends HoldfastError {
  constructor(operation: 'soft-delete' | 'purge', cause?: unknown) {
    super({
      code: errorCode('domain', operation, 'conflict'),
      message: 'It is the default domain: make another one the default first.',
      httpStatus: 409,
      cause,
    });
  }
}
