import { errorCode, type ErrorDomain } from './error-code.js';
import { HoldfastError } from './holdfast-error.js';

/**
 * A row with the same key is there already. The parent of the domains' own errors, e.g. `SessionAlreadyExists`.
 * Status 409, code `{domain}_create_already-exists`.
 */
export class EntityAlreadyExists extends HoldfastError {
  readonly entity: ErrorDomain;

  constructor(entity: ErrorDomain, message = `This ${entity} exists already.`, cause?: unknown) {
    super({ code: errorCode(entity, 'create', 'already-exists'), message, httpStatus: 409, cause });
    this.entity = entity;
  }
}
