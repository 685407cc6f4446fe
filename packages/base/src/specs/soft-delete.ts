import { Misuse } from '@holdfast/errors';
import { type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { checkedIntegrityError } from '../errors/integrity-error-check.js';
import { actorAssignment } from './changes.js';
import { deletionColumn, type EntityDefinition, onlyData } from './entity-definition.js';
import { byIdInShape } from './by-id-in-shape.js';
import { byId } from './scoped-target.js';
import { type StatementWrite, writeSpec } from './spec.js';
import type { Step } from '../wire/statement.js';

/** Marks one row as deleted: standard reads no longer see it. */
export function deleter<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
): StatementWrite<Data> {
  return marking('delete', definition, scope, id, 'now()', 'IS NULL');
}

/** Brings a deleted row back. */
export function restorer<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
): StatementWrite<Data> {
  return marking('restore', definition, scope, id, 'NULL', 'IS NOT NULL');
}

function marking<Row extends object, Data, Id>(
  name: string,
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  mark: string,
  unmarked: string,
): StatementWrite<Data> {
  return writeSpec(name, (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const marker = markerOf(definition, mapping);
    const anew = (): Step => {
      const writer = new SqlWriter();
      const where = byId(mapping, scope, id, `${marker} ${unmarked}`, writer);
      const acting = actorAssignment(definition, mapping, actor, writer);
      const set = [`${marker} = ${mark}`, ...acting, ...mapping.bookkeeping()].join(', ');
      const sql = `UPDATE ${mapping.table} SET ${set} WHERE ${where} RETURNING ${mapping.list}`;
      return { statement: mapping.returningRows(sql), values: writer.values };
    };
    const shape = mapping.shapes.of(name);
    const isActed = definition.actor?.updated !== undefined;
    const { statement, values } = !isActed && byIdInShape(mapping, scope, id, shape) ? shape.step(anew) : anew();
    return {
      statement,
      values,
      finish: ({ rows }) => onlyData(definition, rows, id),
      // What was deleted may have left its place to another row.
      failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []),
    };
  });
}

/** The column that marks deleted rows. Throws Misuse where the entity has none. */
export function markerOf<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
): string {
  const column = deletionColumn(definition, mapping);
  if (column === null) throw new Misuse(`${mapping.name} says nothing of soft deletion: purge it.`);
  return column.sql;
}
