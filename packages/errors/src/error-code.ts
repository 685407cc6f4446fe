/** The part of a system that an error comes from. The listed values are Backend.AI's; any other kebab-case word is allowed. */
export type ErrorDomain =
  | 'backendai'
  | 'api'
  | 'auth'
  | 'kernel'
  | 'user'
  | 'keypair'
  | 'session'
  | 'group'
  | 'domain'
  | 'scaling-group'
  | 'agent'
  | 'permission'
  | 'role'
  | 'metric'
  | 'notification'
  | 'database'
  | 'storage'
  | 'image'
  | 'vfolder'
  | 'event'
  | 'health-check'
  | (string & {});

/** What was being done. The listed values are Backend.AI's. */
export type ErrorOperation =
  | 'generic'
  | 'create'
  | 'access'
  | 'read'
  | 'update'
  | 'start'
  | 'soft-delete'
  | 'purge'
  | 'list-query'
  | 'auth'
  | 'hook'
  | 'request'
  | 'parsing'
  | 'execute'
  | 'schedule'
  | 'setup'
  | 'grant'
  | 'check-limit'
  | (string & {});

/** What went wrong. The listed values are Backend.AI's. */
export type ErrorDetail =
  | 'bad-request'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'already-exists'
  | 'invalid-parameters'
  | 'data-expired'
  | 'forbidden'
  | 'unauthorized'
  | 'not-ready'
  | 'invalid-data-format'
  | 'internal-error'
  | 'unavailable'
  | 'unreachable'
  | 'task-timeout'
  | 'canceled'
  | 'not-implemented'
  | 'deprecated'
  | 'mismatch'
  | 'timeout'
  | 'content-type-mismatch'
  | (string & {});

declare const brand: unique symbol;

/** An error code as printed: `{domain}_{operation}_{error-detail}`, three kebab-case words, e.g. `session_read_not-found`. */
export type ErrorCode = string & { readonly [brand]: 'ErrorCode' };

const word = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*';
const pattern = new RegExp(`^(${word})_(${word})_(${word})$`);

/** Builds a code of its three words. Throws a TypeError if a word is not kebab-case. */
export function errorCode(domain: ErrorDomain, operation: ErrorOperation, detail: ErrorDetail): ErrorCode {
  return parseErrorCode(`${domain}_${operation}_${detail}`).code;
}

/** Takes a printed code apart. Throws a TypeError if it is not one. */
export function parseErrorCode(text: string): {
  readonly code: ErrorCode;
  readonly domain: ErrorDomain;
  readonly operation: ErrorOperation;
  readonly detail: ErrorDetail;
} {
  const match = pattern.exec(text);
  if (match === null) throw new TypeError(`Not an error code of the form domain_operation_error-detail: ${text}`);
  return { code: text as ErrorCode, domain: match[1]!, operation: match[2]!, detail: match[3]! };
}

/** The code that stands for the end of a call by its signal. */
export const CANCELED_ERROR_CODE: ErrorCode = errorCode('backendai', 'generic', 'canceled');

/** The code that stands for the end of a call by its time. */
export const TIMEOUT_ERROR_CODE: ErrorCode = errorCode('backendai', 'generic', 'timeout');

/** The code that stands for every other error that is not ours. */
export const FOREIGN_ERROR_CODE: ErrorCode = errorCode('backendai', 'generic', 'internal-error');
