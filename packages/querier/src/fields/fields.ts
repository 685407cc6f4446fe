import { FieldSet } from './field-set.js';
import type { FieldDefinitions } from './field-definition.js';
import { defaultLimits, type QueryLimits } from '../plain-data/limits.js';

/**
 * The one allowlist of an entity: which fields the outside may filter by, with which operators, and order by.
 *
 * ```ts
 * fields<SessionRow>({ status: { type: 'text', values: STATUSES, operators: ['eq', 'in'], order: true } })
 * ```
 */
export function fields<Row>(definitions: FieldDefinitions<Row>, limits: Partial<QueryLimits> = {}): FieldSet<Row> {
  return new FieldSet<Row>(definitions, { ...defaultLimits, maxPageSize: 100, maxListLength: 1_000, ...limits });
}
