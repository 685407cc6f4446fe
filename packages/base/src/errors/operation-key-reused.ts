import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * An operation key was given to another operation or payload than the one that it was first used for. Nothing was done.
 * Status 422, code `database_generic_mismatch`.
 */
export class OperationKeyReused extends HoldfastError {
  constructor() {
    super({
      code: errorCode('database', 'generic', 'mismatch'),
      message: 'This operation key was used before, for another operation or with another payload.',
      httpStatus: 422,
    });
  }
}
