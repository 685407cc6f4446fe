import { InvalidInput, Misuse } from '@holdfast/errors';
import { compileCondition, defaultLimits, type QueryCondition, type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { checkedIntegrityError } from '../errors/integrity-error-check.js';
import { type EntityDefinition, liveRows } from './entity-definition.js';
import { narrowed } from './scoped-target.js';
import { markerOf } from './soft-delete.js';
import { type WriteSpec, writeSpec } from './spec.js';
import { compileChanges, type UpdaterSpec } from './updater.js';

/** The rows that a batch acts on: by ids or by condition; all of the scope's only by `everyRow`. */
export type BatchTarget<Row, Id> = readonly Id[] | QueryCondition<Row> | EveryRow;

export interface BatchResult {
  /** Rows that were there and acted upon. */
  readonly count: number;
}

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

/** What a batch does to its rows. */
export type BatchAction<Row> = 'delete' | 'purge' | { readonly update: UpdaterSpec<Row> };

/** Acts on many rows in one statement, all or nothing. The seeds' BatchUpdater and BatchPurger. */
export function batchSpec<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  action: BatchAction<Row>,
): WriteSpec<BatchResult> {
  const name = action === 'delete' ? 'batchDelete' : action === 'purge' ? 'batchPurge' : 'batchUpdate';
  return writeSpec(name, (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const head = compileAction(definition, mapping, scope, action, writer);
    const restriction = liveRows(definition, mapping, action === 'purge');
    const where = narrowed(mapping, scope, compileTarget(mapping, target, writer), restriction, writer);
    const own = typeof action === 'object' ? (action.update.integrityErrorChecks ?? []) : [];
    return {
      statement: mapping.returningNothing(`${head} WHERE ${where}`),
      values: writer.values,
      finish: ({ affected }) => Object.freeze({ count: affected }),
      failure: (error) => checkedIntegrityError(error, [...own, ...(definition.integrityErrorChecks ?? [])]),
    };
  });
}

function compileAction<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  action: BatchAction<Row>,
  writer: SqlWriter,
): string {
  if (action === 'purge') return `DELETE FROM ${mapping.table}`;
  if (action === 'delete') {
    const set = [`${markerOf(definition, mapping)} = now()`, ...mapping.bookkeeping()].join(', ');
    return `UPDATE ${mapping.table} SET ${set}`;
  }
  const assignments = compileChanges(mapping, scope, action.update.changes, writer);
  if (assignments === null) throw new InvalidInput('MISSING_VALUE', 'A batch that changes nothing.', '/changes');
  return `UPDATE ${mapping.table} SET ${assignments}`;
}

function compileTarget<Row, Id>(mapping: EntityMapping, target: BatchTarget<Row, Id>, writer: SqlWriter): string {
  if (target instanceof EveryRow) return 'TRUE';
  if (Array.isArray(target)) {
    return `${mapping.key.sql} = ANY(${writer.list(mapping.key.type, target, '/ids')})`;
  }
  const condition = compileCondition(mapping, target as QueryCondition<Row>, writer, defaultLimits, '/filter');
  if (condition === 'TRUE') {
    throw new InvalidInput(
      'MISSING_VALUE',
      'A batch without a condition; every row must be meant explicitly.',
      '/filter',
    );
  }
  return condition;
}
