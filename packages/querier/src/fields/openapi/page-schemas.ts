import type { QueryLimits } from '../../plain-data/limits.js';
import type { JsonSchema } from './json-schema.js';

/** By member of a search: which page of what matches. Cursors are texts here, and may be null in a body. */
export function pageSchemas({ maxPageSize }: QueryLimits): Readonly<Record<string, JsonSchema>> {
  return {
    first: { type: 'integer', minimum: 0, maximum: maxPageSize },
    after: { type: 'string' },
    last: { type: 'integer', minimum: 1, maximum: maxPageSize },
    before: { type: 'string' },
    limit: { type: 'integer', minimum: 1, maximum: maxPageSize },
    offset: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  };
}

/** How to count what matches in all. */
export const totalSchema: JsonSchema = {
  anyOf: [
    { type: 'string', enum: ['none', 'exact'] },
    { type: 'integer', minimum: 1, maximum: 1_000_000 },
  ],
};
