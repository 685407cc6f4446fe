import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * An upsert met a row that is there and deleted (soft): restore it first, or purge it. Status 409, code
 * `database_update_gone`.
 */
export class RowDeleted extends HoldfastError {
  constructor() {
    super({
      code: errorCode('database', 'update', 'gone'),
      message: 'The row is there, and deleted: it can be restored, or purged.',
      httpStatus: 409,
    });
  }
}
