import { Misuse } from '@holdfast/errors';
import { compileCondition } from '../condition/compile-condition.js';
import type { QueryCondition } from '../condition/condition.js';
import type { EntityShape } from '../entity/entity-shape.js';
import { ownRows } from '../entity/row-source.js';
import { SqlWriter } from '../entity/sql-writer.js';
import { defaultLimits, type QueryLimits } from '../plain-data/limits.js';
import { compileScope } from '../scope/compile-scope.js';
import type { Scope } from '../scope/scope.js';
import { visibleBehind } from '../scope/visible-behind.js';
import { quotedName } from './quoted-name.js';
import { refuseExistenceChecks } from './refuse-existence-checks.js';
import { restrictionOf } from './restriction-of.js';

export interface ConditionToSqlOptions {
  /** The number of the first parameter: behind those of the statement that it becomes part of. Default 1. */
  readonly startAt?: number;
  /** What the table is called in the statement. Default: by its own name, and columns are not qualified. */
  readonly alias?: string;
  /** Whether rows are seen that the shape's `deletedAt` says are deleted. Default false. */
  readonly includeDeleted?: boolean;
  readonly limits?: QueryLimits;
}

/** A condition as text and values, for a WHERE of one's own. */
export interface SqlCondition {
  /** In brackets: it can stand in an AND, an OR or a NOT as it is. */
  readonly text: string;
  /** In PostgreSQL's text form, from `$startAt` on. Frozen, which pg's types have no word for. */
  readonly values: (string | null)[];
}

/**
 * Scope and condition for a WHERE of one's own; the scope is always part of it:
 * `SELECT sum(size) FROM files WHERE ${text}`. Throws InvalidInput, and Misuse for a scope with existence checks.
 */
export function conditionToSql<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  condition: QueryCondition<Row>,
  options: ConditionToSqlOptions = {},
): SqlCondition {
  refuseExistenceChecks(scope);
  const { startAt = 1, alias, limits = defaultLimits } = options;
  if (!Number.isSafeInteger(startAt) || startAt < 1)
    throw new Misuse('startAt is the number of a parameter, from 1 on.');
  const rows = ownRows(shape, alias === undefined ? null : quotedName(alias));
  const writer = new SqlWriter();
  for (let taken = 1; taken < startAt; taken++) writer.text(null, 'text');
  const parts = [
    compileScope(rows, scope, writer),
    restrictionOf(shape, options, rows.qualifier),
    compileCondition(rows, condition, visibleBehind(scope), writer, limits),
  ];
  const said = parts.filter((part) => part !== null && part !== 'TRUE');
  return Object.freeze({
    text: `(${said.join(' AND ') || 'TRUE'})`,
    values: Object.freeze(writer.values.slice(startAt - 1)) as (string | null)[],
  });
}
