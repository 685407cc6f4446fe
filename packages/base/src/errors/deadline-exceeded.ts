import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * The deadline passed before the operation was sent to the database, or while a statement of it ran, which was cancelled:
 * nothing is stored. Status 504, code `database_generic_timeout`.
 */
export class DeadlineExceeded extends HoldfastError {
  constructor(message = 'The deadline passed before the operation could be sent to the database.') {
    super({ code: errorCode('database', 'generic', 'timeout'), message, httpStatus: 504 });
  }
}
