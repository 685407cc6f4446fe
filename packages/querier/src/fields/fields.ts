import { Misuse } from '@holdfast/errors';
import { defaultLimits, type QueryLimits } from '../plain-data/limits.js';
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
 * Fields are named like the row's properties. Other names say which column they are, or what is ordered by under them, and
 * are listed, `fields<SessionRow, 'type'>({ type: { … } })`, unless the field set says its type.
 *
 * Throws Misuse for a definition that makes no sense: an operator that no column of its type has, values of a number; and
 * for a limit above the default of `QueryLimits`, which no search may exceed. Requests have narrower ones by default:
 * 100 rows of a page, 1,000 elements of a list, 500 characters of a text.
 * Two field sets that name each other say their type: `export const sessionFields: FieldSet<SessionRow> = fields({ … })`.
 */
export function fields<Row, Alias extends string = never>(
  definitions: FieldDefinitions<NoInfer<Row>, Alias>,
  options: FieldSetOptions = {},
): FieldSet<Row> {
  const { bindConditions = true, measureBoth = false, ...given } = options;
  const limits = { ...defaultLimits, maxPageSize: 100, maxListLength: 1_000, maxTextLength: 500, ...given };
  for (const [name, limit] of Object.entries(limits)) {
    const most = defaultLimits[name as keyof QueryLimits];
    // What is promised here would be refused when the search is compiled.
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > most) {
      throw new Misuse(`The limit ${name} is a whole number from 1 to ${most}.`);
    }
  }
  return new FieldSet<Row>(definitions as Readonly<Record<string, object>>, limits, { bindConditions, measureBoth });
}
