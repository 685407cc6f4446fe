import { type HoldfastError, InvalidInput } from '@holdfast/errors';
import {
  compileCondition,
  defaultLimits,
  encodeValue,
  type QueryCondition,
  type Scope,
  SqlWriter,
  visibleBehind,
} from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';
import { rowValue } from '../entity/row-value.js';
import { checkedIntegrityError, type IntegrityErrorCheck } from '../errors/integrity-error-check.js';
import { VersionConflict } from '../errors/version-conflict.js';
import type { RowSink } from '../wire/row-sink.js';
import type { Step } from '../wire/statement.js';
import { type Assignment, assignmentsOf, type Changes, changesInShape, setList } from './changes.js';
import { checkObject } from './check-object.js';
import { dataOf, type EntityDefinition, liveRows, onlyData } from './entity-definition.js';
import { select } from './querier.js';
import { byIdInShape } from './by-id-in-shape.js';
import { byId } from './scoped-target.js';
import { type Plan, type StatementWrite, writeSpec } from './spec.js';
import { refuseExpectedVersion, versionOf } from './version-of.js';

/** What to change of a row, and what must hold for it. */
export interface UpdaterSpec<Row> {
  readonly changes: Changes<Row>;
  /**
   * The version that the row must still be in, by the column that TypeORM knows as its version; else VersionConflict.
   * Default: any.
   */
  readonly expectedVersion?: number;
  /**
   * Domain errors for violations that this change may meet; they come before those of the entity's definition.
   * Among many rows only where all that fit have the same `error`: which row it was is not known.
   */
  readonly integrityErrorChecks?: readonly IntegrityErrorCheck[];
}

/** Changes one row: the seeds' Updater. A change of nothing reads the row. */
export function updater<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  spec: UpdaterSpec<Row>,
): StatementWrite<Data> {
  return writeSpec('update', (catalog, actor) => {
    checkObject(spec, '/spec');
    const { changes, expectedVersion } = spec;
    const mapping = catalog.mappingOf(definition.entity);
    const version = expectedVersion === undefined ? null : versionOf(mapping);
    const assignments = assignmentsOf(definition, mapping, scope, changes, actor);
    if (assignments.length === 0) {
      const finish = ({ rows }: RowSink): Data => {
        const data = onlyData(definition, rows, id);
        if (version !== null) checkVersion(version, rows[0]!, expectedVersion!);
        return data;
      };
      return { ...select(definition, catalog, scope, id, {}), writes: false, finish };
    }
    if (version === null) {
      const { statement, values } = updateOf(definition, mapping, scope, id, assignments);
      const failure: Plan<Data>['failure'] = (error) => updateFailure(definition, spec, error);
      return { statement, values, failure, finish: ({ rows }) => onlyData(definition, rows, id) };
    }
    const writer = new SqlWriter();
    const set = setList(mapping, assignments, writer);
    const where = byId(mapping, scope, id, liveRows(definition, mapping, false), writer);
    const expected = writer.text(encodeValue(version.type, expectedVersion, '/expectedVersion'), version.type.sql);
    const sql = updateText(mapping, set, `${where} AND ${version.sql} = ${expected}`);
    // Whether it is another version or no row at all is told by the same statement.
    const there = `SELECT count(*) AS there FROM ${mapping.table} WHERE ${where}`;
    return {
      statement: mapping.returningNumbers(
        1,
        `WITH changed AS (${sql}) SELECT there, ${mapping.listOf('changed')} FROM (${there}) t LEFT JOIN changed ON TRUE`,
      ),
      values: writer.values,
      failure: (error) => updateFailure(definition, spec, error),
      finish({ rows, leads }) {
        if (rows.length === 0 && leads[0] !== 0) throw new VersionConflict(expectedVersion!);
        return onlyData(definition, rows, id);
      },
    };
  });
}

/**
 * Changes one row if it meets a condition: null if it does not, or is not there. Check and change are one statement, so
 * that of two callers who rely on the same state only one succeeds. Throws InvalidInput for a change of nothing.
 */
export function conditionalUpdater<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  condition: QueryCondition<Row>,
  spec: Omit<UpdaterSpec<Row>, 'expectedVersion'>,
): StatementWrite<Data | null> {
  return writeSpec('updateIf', (catalog, actor) => {
    checkObject(spec, '/spec');
    refuseExpectedVersion('updateIf', spec);
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const assignments = assignmentsOf(definition, mapping, scope, spec.changes, actor);
    if (assignments.length === 0) throw new InvalidInput('MISSING_VALUE', 'A change of nothing.', '/changes');
    const set = setList(mapping, assignments, writer);
    const own = byId(mapping, scope, id, liveRows(definition, mapping, false), writer);
    const where = `${own} AND ${compileCondition(mapping, condition, visibleBehind(scope), writer, defaultLimits, '/condition')}`;
    return {
      statement: mapping.returningRows(updateText(mapping, set, where)),
      values: writer.values,
      failure: (error) => updateFailure(definition, spec, error),
      finish: ({ rows }) => (rows[0] === undefined ? null : dataOf(definition, rows[0])),
    };
  });
}

/** The statement that changes one row, whatever its version. */
function updateOf<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  id: Id,
  assignments: readonly Assignment[],
): Step {
  // Throws where the entity is misdescribed; the rest follows from the mapping.
  const live = liveRows(definition, mapping, false);
  const shape = mapping.shapes.of('update');
  changesInShape(assignments, shape);
  const anew = (): Step => {
    const writer = new SqlWriter();
    const set = setList(mapping, assignments, writer);
    const where = byId(mapping, scope, id, live, writer);
    return { statement: mapping.returningRows(updateText(mapping, set, where)), values: writer.values };
  };
  return byIdInShape(mapping, scope, id, shape.and('by id')) ? shape.step(anew) : anew();
}

function updateText({ table, list }: EntityMapping, set: string, where: string): string {
  return `UPDATE ${table} SET ${set} WHERE ${where} RETURNING ${list}`;
}

function updateFailure<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  { integrityErrorChecks = [] }: UpdaterSpec<Row>,
  error: HoldfastError,
): HoldfastError {
  return checkedIntegrityError(error, [...integrityErrorChecks, ...(definition.integrityErrorChecks ?? [])]);
}

function checkVersion(version: MappedColumn, row: object, expectedVersion: number): void {
  if (Number(rowValue(row, version)) !== expectedVersion) throw new VersionConflict(expectedVersion);
}
