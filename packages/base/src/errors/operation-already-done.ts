import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A write with this operation key was committed before, and its answer was not kept. Nothing was done again: `outcome` is
 * `committed`. Status 409, code `database_generic_already-exists`.
 */
export class OperationAlreadyDone extends HoldfastError {
  constructor() {
    super({
      code: errorCode('database', 'generic', 'already-exists'),
      message: 'The operation with this key was done before, and its answer was not kept.',
      httpStatus: 409,
      outcome: 'committed',
    });
  }
}
