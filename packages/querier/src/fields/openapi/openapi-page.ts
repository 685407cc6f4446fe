import { freeze } from '../../plain-data/freeze.js';
import type { JsonSchema } from './json-schema.js';

/** The JSON Schema of a `Page` as JSON holds it, of items with a schema. */
export function openApiPage(item: JsonSchema): JsonSchema {
  const cursor = { type: ['string', 'null'] };
  const total = {
    type: ['object', 'null'],
    properties: { value: { type: 'integer', minimum: 0 }, exact: { type: 'boolean' } },
    required: ['value', 'exact'],
    additionalProperties: false,
  };
  const properties = {
    items: { type: 'array', items: item },
    total,
    hasNextPage: { type: 'boolean' },
    hasPreviousPage: { type: 'boolean' },
    startCursor: cursor,
    endCursor: cursor,
    cursors: { type: 'array', items: { type: 'string' } },
  };
  return freeze<JsonSchema>({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
}
