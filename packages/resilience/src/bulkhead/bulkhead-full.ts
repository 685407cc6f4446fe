import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A bulkhead has no room for a call, which has not begun. Not retryable: whoever is overloaded must not be asked again at
 * once. Status 503, code `backendai_generic_unavailable`.
 */
export class BulkheadFull extends HoldfastError {
  /** The label of the bulkhead. */
  readonly bulkhead: string;
  /** Which limit was reached, by its name among the arguments. */
  readonly limit: 'maxConcurrent' | 'maxQueued' | 'maxWaitMs';
  /** It says nothing of the other side, for a CircuitBreakerPolicy for instance. */
  readonly isOverload = true;

  constructor(bulkhead: string, limit: BulkheadFull['limit']) {
    super({ code: errorCode('backendai', 'generic', 'unavailable'), message: texts[limit], httpStatus: 503 });
    this.bulkhead = bulkhead;
    this.limit = limit;
  }
}

const texts = {
  maxConcurrent: 'Too many calls are under way.',
  maxQueued: 'Too many calls are under way, and too many wait.',
  maxWaitMs: 'Too many calls are under way, and the wait took too long.',
};
