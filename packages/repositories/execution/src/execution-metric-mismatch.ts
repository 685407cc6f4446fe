import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * Points were given for a metric that has another type, or other bounds, than it was created with. Nothing was recorded.
 * Status 409, code `execution-metric_create_mismatch`.
 */
export class ExecutionMetricMismatch extends HoldfastError {
  /** Of what was given. */
  readonly index: number;

  constructor(index: number) {
    super({
      code: errorCode('execution-metric', 'create', 'mismatch'),
      message: `Metric ${index} has another type, or other bounds.`,
      httpStatus: 409,
    });
    this.index = index;
  }
}
