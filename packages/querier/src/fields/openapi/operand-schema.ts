import { LONGEST_JSON_PATH } from '../../condition/json-path.js';
import type { QueryLimits } from '../../plain-data/limits.js';
import type { Allowlist, Operand } from '../field.js';
import { pathOperators } from '../read-json-path.js';
import type { JsonSchema } from './json-schema.js';
import { textSchema, valueSchema } from './value-schema.js';

/** JSON but null, which is in no document. */
const document = { type: ['object', 'array', 'string', 'number', 'boolean'] };

/** What an operator takes, in JSON. */
export function operandSchema(
  operand: Operand,
  limits: QueryLimits,
  conditionOf: (behind: Allowlist) => JsonSchema,
): JsonSchema {
  switch (operand.form) {
    case 'flag':
      return { type: 'boolean' };
    case 'value':
      return valueSchema(operand.type, operand.values, limits);
    case 'list':
      return {
        type: 'array',
        items: valueSchema(operand.type, operand.values, limits),
        maxItems: limits.maxListLength,
      };
    case 'document':
      return document;
    case 'path':
      return pathSchema(limits);
    case 'condition':
      return conditionOf(operand.fields());
  }
}

function pathSchema(limits: QueryLimits): JsonSchema {
  const step = {
    anyOf: [
      textSchema(limits),
      { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
    ],
  };
  const forms: Readonly<Record<(typeof pathOperators)[keyof typeof pathOperators], JsonSchema>> = {
    document: {},
    documents: { type: 'array', maxItems: limits.maxListLength },
    bound: { type: ['number', 'string'] },
    flag: { type: 'boolean' },
  };
  const operators = Object.entries(pathOperators).map(([name, form]) => [name, forms[form]] as const);
  return {
    type: 'object',
    properties: {
      path: { type: 'array', items: step, minItems: 1, maxItems: LONGEST_JSON_PATH },
      ...Object.fromEntries(operators),
    },
    required: ['path'],
    minProperties: 2,
    additionalProperties: false,
  };
}
