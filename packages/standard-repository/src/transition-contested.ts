import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A row may be moved, and was not, however often it was tried: others keep moving it there and back, or the database
 * keeps it where it is. Status 409, code `database_update_conflict`. Not retryable by itself: it was tried again already.
 */
export class TransitionContested extends HoldfastError {
  constructor() {
    super({
      code: errorCode('database', 'update', 'conflict'),
      message: 'The row was moved by others each time that it was about to be moved.',
      httpStatus: 409,
    });
  }
}
