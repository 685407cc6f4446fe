import { errorCode, HoldfastError } from '@holdfast/errors';

/** The Database is closing and takes no new operations. Status 503, code `database_generic_unavailable`. */
export class DatabaseClosed extends HoldfastError {
  constructor() {
    super({
      code: errorCode('database', 'generic', 'unavailable'),
      message: 'The database is closing.',
      httpStatus: 503,
    });
  }
}
