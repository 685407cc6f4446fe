import { InvalidInput, Misuse } from '@holdfast/errors';
import {
  compileCondition,
  defaultLimits,
  holdsEmptyOperand,
  type QueryCondition,
  type Scope,
  type SqlWriter,
  visibleBehind,
} from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { OutdatedRows } from './outdated-rows.js';
import { keyAmong } from './scoped-target.js';

/** The rows that a batch acts on: by ids or by condition; all of the scope's only by `everyRow`. `removeOutdated` has a target of its own. */
export type BatchTarget<Row, Id> = readonly Id[] | QueryCondition<Row> | EveryRow | OutdatedRows<Row>;

/** Says that a batch means every row of its scope. */
export class EveryRow {
  readonly reason: string;

  constructor(reason: string) {
    if (reason.trim() === '') throw new Misuse('everyRow() needs a reason.');
    this.reason = reason;
  }
}

/** The target of a batch that means every row of its scope, for a reason. */
export function everyRow(reason: string): EveryRow {
  return new EveryRow(reason);
}

/** The target as SQL. Throws InvalidInput for a condition that every row meets without that being said. */
export function compileTarget<Row, Id>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  writer: SqlWriter,
): string {
  if (target instanceof EveryRow) return 'TRUE';
  if (target instanceof OutdatedRows) {
    const outdated = target.compile(mapping, writer);
    return target.condition === null
      ? outdated
      : `${outdated} AND ${compileTarget(mapping, scope, target.condition, writer)}`;
  }
  if (Array.isArray(target)) {
    return keyAmong(mapping, target, writer);
  }
  const condition = compileCondition(
    mapping,
    target as QueryCondition<Row>,
    visibleBehind(scope),
    writer,
    defaultLimits,
    '/filter',
  );
  if (condition === 'TRUE' || holdsEmptyOperand(mapping, target)) {
    const message = 'A batch whose condition every row may meet: say everyRow(reason) if that is meant.';
    throw new InvalidInput('MISSING_VALUE', message, '/filter');
  }
  return condition;
}
