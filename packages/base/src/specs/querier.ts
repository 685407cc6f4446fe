import { type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { Step } from '../wire/statement.js';
import { dataOf, deletionColumn, type EntityDefinition, liveRows, onlyData } from './entity-definition.js';
import type { RowSelection } from './row-selection.js';
import { byIdInShape } from './by-id-in-shape.js';
import { byId } from './scoped-target.js';
import { isRowLock, lockClause, type RowLock } from './row-lock.js';
import { lockSpec, type Plan, type ReadSpec, readSpec, type StatementWrite } from './spec.js';

/** A read of one row: a spec that reads, or, where it locks the row, one that only a dbSession that writes executes. */
export type RowRead<Result, Selection extends RowSelection | RowLock> = Selection extends RowLock
  ? StatementWrite<Result>
  : ReadSpec<Result>;

/** One row by its key: the seeds' Querier. */
export function querier<Row extends object, Data, Id, Selection extends RowSelection | RowLock>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  selection?: Selection,
): RowRead<Data, Selection> {
  return rowRead('get', definition, scope, id, selection, (rows) => onlyData(definition, rows, id));
}

/** The same where it is not certain that there is one. */
export function finder<Row extends object, Data, Id, Selection extends RowSelection | RowLock>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  selection?: Selection,
): RowRead<Data | null, Selection> {
  return rowRead('find', definition, scope, id, selection, (rows) =>
    rows[0] === undefined ? null : dataOf(definition, rows[0]),
  );
}

function rowRead<Row extends object, Data, Id, Result, Selection extends RowSelection | RowLock>(
  name: string,
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  selection: RowSelection = {},
  resultOf: (rows: readonly object[]) => Result,
): RowRead<Result, Selection> {
  const plan = (catalog: EntityCatalog): Plan<Result> => {
    const { statement, values } = select(definition, catalog, scope, id, selection);
    return { statement, values, finish: ({ rows }) => resultOf(rows) };
  };
  const spec = isRowLock(selection)
    ? lockSpec<Result>(name, (catalog) => ({ ...plan(catalog), writes: false }))
    : readSpec<Result>(name, plan);
  return spec as RowRead<Result, Selection>;
}

/** The statement that reads one row. */
export function select<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  catalog: EntityCatalog,
  scope: Scope<Row>,
  id: Id,
  selection: RowSelection | RowLock,
): Step {
  const mapping = catalog.mappingOf(definition.entity);
  const { includeDeleted = false } = selection;
  const isOfAll = includeDeleted || deletionColumn(definition, mapping) === null;
  const lock = isRowLock(selection) ? lockClause(selection) : '';
  const shape = mapping.shapes.of(isOfAll ? 'select of all' : 'select').and(lock);
  const anew = (): Step => written(definition, mapping, scope, id, includeDeleted, lock);
  return byIdInShape(mapping, scope, id, shape) ? shape.step(anew) : anew();
}

function written<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  id: Id,
  includeDeleted: boolean,
  lock: string,
): Step {
  const writer = new SqlWriter();
  const where = byId(mapping, scope, id, liveRows(definition, mapping, includeDeleted), writer);
  const statement = mapping.returningRows(`SELECT ${mapping.list} FROM ${mapping.table} WHERE ${where}${lock}`);
  return { statement, values: writer.values };
}
