import { type ErrorCode, errorCode } from './error-code.js';
import { HoldfastError } from './holdfast-error.js';
import type { Problem } from './problem.js';

/** Why an input was refused, as a closed list for programs to branch on. */
export type InvalidInputReason =
  | 'INVALID_CURSOR'
  | 'INVALID_JSON'
  | 'INVALID_ID'
  | 'INVALID_PAGINATION'
  | 'INVALID_VALUE'
  | 'INVALID_ORDER'
  | 'DUPLICATE_PARAMETER'
  | 'LIMIT_EXCEEDED'
  | 'MISSING_VALUE'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_OPERATOR'
  | 'UNKNOWN_PARAMETER';

const code: ErrorCode = errorCode('api', 'parsing', 'invalid-parameters');

/** An input that is refused before anything was done. Status 400, code `api_parsing_invalid-parameters`. */
export class InvalidInput extends HoldfastError {
  readonly reason: InvalidInputReason;
  /** The offending part: a JSON pointer into a body or condition, or the name of a query parameter. */
  readonly pointer: string;

  constructor(reason: InvalidInputReason, message: string, pointer: string, cause?: unknown) {
    super({ code, message, httpStatus: 400, cause });
    this.reason = reason;
    this.pointer = pointer;
  }

  override toProblem(): Problem {
    return { ...super.toProblem(), reason: this.reason, pointer: this.pointer };
  }
}
