import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A write was committed before, and its answer is not there any more: of a repeated operation key none was kept, or none
 * that can still be read; of a creation whose answer was lost, the row has been removed since. Nothing was done again:
 * `outcome` is `committed`. Status 409, code `database_generic_already-exists`.
 */
export class OperationAlreadyDone extends HoldfastError {
  constructor() {
    super({
      code: errorCode('database', 'generic', 'already-exists'),
      message: 'The operation was done before, and its answer is not there any more.',
      httpStatus: 409,
      outcome: 'committed',
    });
  }
}
