import type { ErrorCode } from './error-code.js';

/** A problem document (RFC 9457), media type `application/problem+json`, with our code as an extension member. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  /** Why an input was refused; see `InvalidInput`. */
  readonly reason?: string;
  /** The part of the input that was refused: a JSON pointer (RFC 6901) or the name of a query parameter. */
  readonly pointer?: string;
}
