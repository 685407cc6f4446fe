import { freeze } from '../../plain-data/freeze.js';
import type { Allowlist, Field } from '../field.js';
import type { NamedAllowlist } from '../named-allowlists.js';
import { conditionRefs, namedConditions, type OpenApiPlace } from './condition-refs.js';
import type { JsonSchema } from './json-schema.js';
import { operandSchema } from './operand-schema.js';
import { orderPattern } from './order-pattern.js';
import { pageSchemas, totalSchema } from './page-schemas.js';

/**
 * The JSON Schema (2020-12) of a search body. On its own as it is; within an OpenAPI document, its place is where the
 * references in it lead. What it cannot say, `parseSearchBody` refuses all the same: how deep and how large conditions
 * are, days that are in no calendar, numbers beyond 64 bits, surrogates that stand alone, and fields that are ordered by
 * twice. Lengths are counted in UTF-16 units there, and in characters by JSON Schema.
 */
export function openApiSearchBody(allowlist: Allowlist, place: OpenApiPlace = { at: '#' }): JsonSchema {
  const named = namedConditions(allowlist);
  const { limits } = allowlist;
  const refTo = conditionRefs(named, place);
  const conditions = [...named.values()].map((one) => [one.name, conditionSchema(one, allowlist, refTo)]);
  const pattern = orderPattern(allowlist);
  const page = pageSchemas(limits);
  return freeze<JsonSchema>({
    type: 'object',
    properties: {
      filter: refTo(allowlist),
      order: { type: 'array', ...(pattern === null ? { maxItems: 0 } : { items: { type: 'string', pattern } }) },
      ...page,
      after: { type: ['string', 'null'] },
      before: { type: ['string', 'null'] },
      total: totalSchema,
    },
    additionalProperties: false,
    allOf: [
      ...[
        ['first', 'last'],
        ['first', 'limit'],
        ['last', 'limit'],
      ].map((both) => ({ not: { required: both } })),
      needs('after', 'first'),
      needs('before', 'last'),
      { dependentRequired: { offset: ['limit'] } },
    ],
    $defs: Object.fromEntries(conditions) as JsonSchema,
  });
}

/** A cursor that is not null goes with the size of a page. */
function needs(cursor: string, size: string): JsonSchema {
  return { anyOf: [{ required: [size] }, { properties: { [cursor]: { type: 'null' } } }] };
}

function conditionSchema(
  { allowlist }: NamedAllowlist,
  { limits }: Allowlist,
  refTo: (behind: Allowlist) => JsonSchema,
): JsonSchema {
  const filterable = [...allowlist.fields.values()].filter(({ operators }) => operators.size > 0);
  const operatorsOf = ({ operators }: Field): JsonSchema => ({
    type: 'object',
    properties: Object.fromEntries(
      [...operators].map(([operator, operand]) => [operator, operandSchema(operand, limits, refTo)]),
    ),
    minProperties: 1,
    additionalProperties: false,
  });
  const self = refTo(allowlist);
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(filterable.map((field) => [field.name, operatorsOf(field)])),
      and: { type: 'array', items: self },
      or: { type: 'array', items: self },
      not: self,
    },
    additionalProperties: false,
  };
}
