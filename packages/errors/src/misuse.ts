import { errorCode } from './error-code.js';
import { HoldfastError } from './holdfast-error.js';

/**
 * A call that no data can make right: a missing scope, a spec of a foreign entity, a session that has ended.
 * A fault of the program and never retried. Status 500, code `backendai_generic_bad-request`.
 */
export class Misuse extends HoldfastError {
  constructor(message: string, cause?: unknown) {
    super({ code: errorCode('backendai', 'generic', 'bad-request'), message, httpStatus: 500, cause });
  }
}
