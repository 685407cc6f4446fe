import { InvalidInput } from '@holdfast/errors';
import { compileCondition } from '../condition/compile-condition.js';
import type { EntityShape } from '../entity/entity-shape.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import { defaultLimits, type QueryLimits } from '../plain-data/limits.js';
import { compileScope } from '../scope/compile-scope.js';
import type { Scope } from '../scope/scope.js';
import { visibleBehind } from '../scope/visible-behind.js';
import type { BatchQuerier } from './batch-querier.js';

/** The rows that a search is of, as SQL. */
export interface SearchFilter {
  /** The scope alone. */
  readonly scope: string;
  /** How many values the scope has; they come first. */
  readonly scopeValues: number;
  /** Scope, restriction and conditions. */
  readonly sql: string;
}

/** Scope, restriction and conditions of a search; `restriction` is SQL that can stand in an AND, or null. */
export function compileFilter<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  conditions: BatchQuerier<Row>['conditions'],
  restriction: string | null,
  writer: SqlWriter,
  limits: QueryLimits = defaultLimits,
): SearchFilter {
  const before = writer.values.length;
  const own = compileScope(shape, scope, writer);
  const scopeValues = writer.values.length - before;
  const parts = [own];
  if (restriction !== null) parts.push(restriction);
  if (!Array.isArray(conditions)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', '/conditions');
  const related = visibleBehind(scope);
  for (const [index, condition] of (conditions as BatchQuerier<Row>['conditions']).entries()) {
    parts.push(compileCondition(shape, condition, related, writer, limits, `/conditions/${index}`));
  }
  return { scope: own, scopeValues, sql: parts.filter((part) => part !== 'TRUE').join(' AND ') || 'TRUE' };
}
