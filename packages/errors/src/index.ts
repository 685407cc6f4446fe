export { errorCode, parseErrorCode, CANCELED_ERROR_CODE, FOREIGN_ERROR_CODE } from './error-code.js';
export { HoldfastError, isHoldfastError, errorCodeOf } from './holdfast-error.js';
export { EntityNotFound } from './entity-not-found.js';
export { EntityAlreadyExists } from './entity-already-exists.js';
export { InvalidInput } from './invalid-input.js';
export { Misuse } from './misuse.js';

export type { ErrorCode, ErrorDomain, ErrorOperation, ErrorDetail } from './error-code.js';
export type { HoldfastErrorArgs, Outcome } from './holdfast-error.js';
export type { InvalidInputReason } from './invalid-input.js';
export type { Problem } from './problem.js';
