import { freeze } from '../../plain-data/freeze.js';
import type { Allowlist, Operand } from '../field.js';
import { conditionRefs, namedConditions, type OpenApiPlace } from './condition-refs.js';
import type { JsonSchema } from './json-schema.js';

import { operandSchema } from './operand-schema.js';
import { orderPattern } from './order-pattern.js';
import { pageSchemas, totalSchema } from './page-schemas.js';

/** A Parameter Object of OpenAPI 3.1. */
export type OpenApiParameter = {
  readonly name: string;
  readonly in: 'query';
  readonly description: string;
} & (
  | { readonly schema: JsonSchema; readonly style?: 'form'; readonly explode?: false }
  | { readonly content: { readonly 'application/json': { readonly schema: JsonSchema } } }
);

/**
 * The parameters of a search by query string: one for each field and operator, `filter` as JSON, the order, the page and the
 * total. Documents, paths and conditions over relations are JSON in their parameter. Conditions refer to the schema that
 * `openApiSearchBody` makes, standing at the place that is given here: put it there even where no body is taken.
 * Each parameter may be given once.
 */
export function openApiParameters(allowlist: Allowlist, place: OpenApiPlace): readonly OpenApiParameter[] {
  const pattern = orderPattern(allowlist);
  const refTo = conditionRefs(namedConditions(allowlist), place);
  const flat = [...allowlist.fields.values()].flatMap(({ name, operators }) =>
    [...operators].map(([operator, operand]) =>
      flatParameter(name, operator, operand, operandSchema(operand, allowlist.limits, refTo)),
    ),
  );
  const parameters: OpenApiParameter[] = [
    ...flat,
    json('filter', 'A condition on all fields, with and, or and not.', refTo(allowlist)),
  ];
  if (pattern !== null) {
    const schema = { type: 'array', items: { type: 'string', pattern }, minItems: 1 };
    parameters.push(list('order', 'Fields to order by: name, -name to descend, -name:nullsLast.', schema));
  }
  for (const [name, schema] of Object.entries(pageSchemas(allowlist.limits))) {
    parameters.push({ name, in: 'query', description: pageDescriptions[name]!, schema });
  }
  const total = 'Whether what matches in all is counted: not (none), exactly, or up to a number.';
  parameters.push({ name: 'total', in: 'query', description: total, schema: totalSchema });
  return freeze(parameters);
}

const pageDescriptions: Readonly<Record<string, string>> = {
  first: 'The rows of a page that is walked forward.',
  after: 'The cursor that such a page begins after.',
  last: 'The rows of a page that is walked backward.',
  before: 'The cursor that such a page ends before.',
  limit: 'The rows of a page by position.',
  offset: 'The rows before such a page. Default 0.',
};

function flatParameter(field: string, operator: string, operand: Operand, schema: JsonSchema): OpenApiParameter {
  const name = `filter[${field}][${operator}]`;
  const description = `${field}: ${operator}.`;
  if (operand.form === 'list')
    return list(name, `${description} Separated by commas; what has one itself goes into filter.`, schema);
  if (operand.form === 'value' || operand.form === 'flag') return { name, in: 'query', description, schema };
  return json(name, description, schema);
}

function list(name: string, description: string, schema: JsonSchema): OpenApiParameter {
  return { name, in: 'query', description, schema, style: 'form', explode: false };
}

function json(name: string, description: string, schema: JsonSchema): OpenApiParameter {
  return { name, in: 'query', description, content: { 'application/json': { schema } } };
}
