import { errorCode, type ErrorDomain } from './error-code.js';
import { HoldfastError } from './holdfast-error.js';

/**
 * No such row within the scope that was given. What lies outside of the scope cannot be told from what does not exist.
 * The parent of the domains' own errors, e.g. `SessionNotFound`. Status 404, code `{domain}_read_not-found`.
 */
export class EntityNotFound extends HoldfastError {
  readonly entity: ErrorDomain;

  constructor(entity: ErrorDomain, message = `No such ${entity}.`) {
    super({ code: errorCode(entity, 'read', 'not-found'), message, httpStatus: 404 });
    this.entity = entity;
  }
}
