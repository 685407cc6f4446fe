import type { QueryLimits } from '../../plain-data/limits.js';
import type { FieldType } from '../field-type.js';
import { TIMESTAMP } from '../read-timestamp.js';
import type { JsonSchema } from './json-schema.js';

const safeInteger = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

const schemas: Readonly<Record<Exclude<FieldType, 'text'>, JsonSchema>> = {
  uuid: {
    type: 'string',
    format: 'uuid',
    pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  },
  integer: { type: 'integer', format: 'int32', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  bigint: { anyOf: [{ type: 'string', pattern: '^-?\\d{1,19}$' }, safeInteger] },
  number: { type: 'number', format: 'double' },
  decimal: { anyOf: [{ type: 'string', pattern: '^-?\\d{1,500}(\\.\\d{1,499})?$' }, safeInteger] },
  boolean: { type: 'boolean' },
  timestamp: { type: 'string', format: 'date-time', pattern: TIMESTAMP },
  date: { type: 'string', format: 'date', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
  time: { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?$' },
  json: {},
};

/** A text that PostgreSQL can hold, but for surrogates that stand alone, of which JSON Schema knows nothing. */
export function textSchema({ maxTextLength }: QueryLimits): JsonSchema {
  return { type: 'string', maxLength: maxTextLength, pattern: '^[^\\u0000]*$' };
}

/** What a value of a type looks like in JSON. */
export function valueSchema(type: FieldType, values: readonly string[] | null, limits: QueryLimits): JsonSchema {
  if (values !== null) return { type: 'string', enum: values };
  return type === 'text' ? textSchema(limits) : schemas[type];
}
