import { isHoldfastError } from '@holdfast/errors';
import type { InvalidInput } from '@holdfast/errors';
import { inspect } from 'node:util';
import { DATABASE_PREFIX } from './fuzzed-column.js';
import { CANARY } from './fuzzed-values.js';
import { pointsInto } from './points-into.js';

const reasons: ReadonlySet<string> = new Set<InvalidInput['reason']>([
  'INVALID_CURSOR',
  'INVALID_JSON',
  'INVALID_PAGINATION',
  'INVALID_VALUE',
  'INVALID_ORDER',
  'DUPLICATE_PARAMETER',
  'LIMIT_EXCEEDED',
  'MISSING_VALUE',
  'UNKNOWN_FIELD',
  'UNKNOWN_OPERATOR',
  'UNKNOWN_PARAMETER',
]);

/** What is wrong with a refusal of a request, or null. */
export function refusalFault(error: unknown, request: unknown): string | null {
  // By its fields, as a framework's error handler would know it.
  if (!isHoldfastError(error) || !('reason' in error)) return `thrown: ${inspect(error, { depth: 4 })}`;
  const { reason, pointer, httpStatus, message, code } = error as InvalidInput;
  if (httpStatus !== 400) return `refused with ${httpStatus}: ${message}`;
  if (code !== 'api_parsing_invalid-parameters') return `refused with the code ${code}`;
  if (!reasons.has(reason)) return `refused for ${reason}, which is no reason`;
  if (typeof pointer !== 'string' || !pointsInto(request, pointer)) return `refused at ${inspect(pointer)}: ${message}`;
  const { pointer: _, ...told } = error.toProblem();
  const text = message + JSON.stringify(told);
  if (text.includes(CANARY)) return `a refusal tells a secret: ${message}`;
  // No request has such names.
  if (text.includes(DATABASE_PREFIX)) return `a refusal tells a name of the database: ${message}`;
  return text.length > 1_000 ? `a refusal of ${text.length} characters` : null;
}
