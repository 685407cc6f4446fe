import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * The row is there, and no longer in the version that the caller had read: read it again, and decide again. Status 409,
 * code `database_update_conflict`. Not retryable: the same call would meet the same version.
 */
export class VersionConflict extends HoldfastError {
  readonly expectedVersion: number;

  constructor(expectedVersion: number) {
    super({
      code: errorCode('database', 'update', 'conflict'),
      message: 'The row was changed since it was read.',
      httpStatus: 409,
    });
    this.expectedVersion = expectedVersion;
  }
}
