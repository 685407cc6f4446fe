import { errorCode, HoldfastError } from '@holdfast/errors';

/** A write would put a row outside of the scope that it was given. Status 403, code `permission_check-limit_forbidden`. */
export class OutsideScope extends HoldfastError {
  /** The column that says so. */
  readonly property: string;

  constructor(property: string) {
    super({
      code: errorCode('permission', 'check-limit', 'forbidden'),
      message: `${property} is given by the scope and cannot be another.`,
      httpStatus: 403,
    });
    this.property = property;
  }
}
