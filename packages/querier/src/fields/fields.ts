import { Misuse } from '@holdfast/errors';
import { defaultLimits } from '../plain-data/limits.js';
import type { FieldDefinitions } from './field-definition.js';
import { FieldSet, type FieldSetOptions } from './field-set.js';

/**
 * The one allowlist of an entity: which fields the outside may filter by, with which operators, and order by. All faces
 * are made from it: query strings, JSON bodies, GraphQL, OpenAPI, Standard Schema.
 *
 * ```ts
 * fields<SessionRow>({ status: { type: 'text', values: STATUSES, operators: ['eq', 'in'], order: true } })
 * ```
 *
 * Throws Misuse for a definition that makes no sense: an operator that no column of its type has, values of a number.
 * Two field sets that name each other say their type: `export const sessionFields: FieldSet<SessionRow> = fields({ … })`.
 */
export function fields<Row>(definitions: FieldDefinitions<Row>, options: FieldSetOptions = {}): FieldSet<Row> {
  const { bindConditions = true, measureBoth = false, ...given } = options;
  const limits = { ...defaultLimits, maxPageSize: 100, maxListLength: 1_000, ...given };
  const odd = Object.entries(limits).find(([, limit]) => !Number.isSafeInteger(limit) || limit < 1);
  if (odd !== undefined) throw new Misuse(`The limit ${odd[0]} is a whole number of at least 1.`);
  return new FieldSet<Row>(definitions, limits, { bindConditions, measureBoth });
}
