import { CANCELED_ERROR_CODE, type ErrorCode, FOREIGN_ERROR_CODE, TIMEOUT_ERROR_CODE } from './error-code.js';
import type { Problem } from './problem.js';

/** What became of the write that failed: surely not stored, surely stored, or not known. Reads are always `not-committed`. */
export type Outcome = 'not-committed' | 'unknown' | 'committed';

export interface HoldfastErrorArgs {
  readonly code: ErrorCode;
  /** One sentence for people. It may be sent to clients: no SQL, no database text, no other tenant's data. */
  readonly message: string;
  /** The HTTP status of a response that reports this error. Default 500. */
  readonly httpStatus?: number;
  /** Whether the same call may succeed if it is simply made again. Default false. */
  readonly retryable?: boolean;
  /** Default `not-committed`. */
  readonly outcome?: Outcome;
  readonly cause?: unknown;
}

const brand: unique symbol = Symbol.for('@holdfast/errors/HoldfastError') as never;

/** The parent of every error that Holdfast throws; the seeds' `BackendAIError`. */
export class HoldfastError extends Error {
  readonly code: ErrorCode;
  readonly httpStatus: number;
  readonly retryable: boolean;
  readonly outcome: Outcome;

  constructor(args: HoldfastErrorArgs) {
    super(args.message, args.cause === undefined ? undefined : { cause: args.cause });
    this.code = args.code;
    this.httpStatus = args.httpStatus ?? 500;
    this.retryable = args.retryable ?? false;
    this.outcome = args.outcome ?? 'not-committed';
  }

  override get name(): string {
    return this.constructor.name;
  }

  /** Marks our errors across copies of this package, where `instanceof` cannot. */
  get [brand](): true {
    return true;
  }

  /** The error as a problem document (RFC 9457). Holds nothing of `cause`. */
  toProblem(): Problem {
    return {
      type: 'about:blank',
      title: this.name,
      status: this.httpStatus,
      detail: this.message,
      code: this.code,
    };
  }
}

/** Whether a value is one of our errors, whichever copy of this package made it. */
export function isHoldfastError(value: unknown): value is HoldfastError {
  return read(value, brand) === true;
}

/**
 * The code to count an error under: its own; of a foreign one, `backendai_generic_canceled` for the reason of an
 * `AbortSignal` (an AbortError), `backendai_generic_timeout` for that of `AbortSignal.timeout` (a TimeoutError), and
 * `backendai_generic_internal-error` for all others.
 */
export function errorCodeOf(error: unknown): ErrorCode {
  if (!isHoldfastError(error)) return reasons.get(read(error, 'name')) ?? FOREIGN_ERROR_CODE;
  const code = read(error, 'code');
  return typeof code === 'string' ? (code as ErrorCode) : FOREIGN_ERROR_CODE;
}

/** Anything can be thrown, and some things cannot even be looked at: a proxy that was revoked, a getter that throws. */
function read(value: unknown, key: string | symbol): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return (value as Readonly<Record<string | symbol, unknown>>)[key];
  } catch {
    return undefined;
  }
}

// As the DOM names them: https://webidl.spec.whatwg.org/#idl-DOMException-error-names
const reasons: ReadonlyMap<unknown, ErrorCode> = new Map([
  ['AbortError', CANCELED_ERROR_CODE],
  ['TimeoutError', TIMEOUT_ERROR_CODE],
]);
