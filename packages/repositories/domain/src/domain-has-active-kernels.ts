import { errorCode, HoldfastError } from '@holdfast/errors';

/** A domain is not purged while kernels of it are active. Status 409, code `domain_purge_conflict`. */
export class DomainHasActiveKernels extends HoldfastError {
  constructor() {
    super({
      code: errorCode('domain', 'purge', 'conflict'),
      message: 'The domain has active kernels.',
      httpStatus: 409,
    });
  }
}
