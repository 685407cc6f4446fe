import { InvalidInput } from '@holdfast/errors';
import { encoders } from '../entity/encoders.js';
import { isJson } from '../plain-data/is-json.js';
import type { QueryLimits } from '../plain-data/limits.js';

/**
 * A JSON value as a copy that the request shares nothing with. Throws InvalidInput for what is no JSON, or none that
 * PostgreSQL can hold (NUL, lone surrogates), and for a text of it that is longer than a text may be.
 */
export function readDocument(limits: QueryLimits, json: unknown, pointer: string): unknown {
  const text = isJson(json) ? encoders.jsonb(json) : null;
  if (text === null) throw new InvalidInput('INVALID_VALUE', 'A JSON document is needed here.', pointer);
  if (text.length > limits.maxTextLength) {
    throw new InvalidInput('LIMIT_EXCEEDED', `A document has at most ${limits.maxTextLength} characters.`, pointer);
  }
  return JSON.parse(text) as unknown;
}
