import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * The deadline of a call passed while it waited for its turn in a bulkhead: it has not begun. Not retryable: whoever is
 * overloaded must not be asked again at once. Status 504, code `backendai_generic_timeout`.
 */
export class BulkheadTimeout extends HoldfastError {
  /** The label of the bulkhead. */
  readonly bulkhead: string;
  /** It says nothing of the other side, for a CircuitBreakerPolicy for instance. */
  readonly isOverload = true;

  constructor(bulkhead: string, cause?: unknown) {
    super({
      code: errorCode('backendai', 'generic', 'timeout'),
      message: 'The deadline passed before it was the turn of the call.',
      httpStatus: 504,
      cause,
    });
    this.bulkhead = bulkhead;
  }
}
