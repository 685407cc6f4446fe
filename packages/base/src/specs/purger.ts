import { type Scope, SqlWriter } from '@holdfast/querier';
import { checkedIntegrityError } from '../errors/integrity-error-check.js';
import { type EntityDefinition, onlyData } from './entity-definition.js';
import { byId } from './scoped-target.js';
import { type StatementWrite, writeSpec } from './spec.js';

/** Removes one row for good, whether it was deleted before or not: the seeds' Purger. */
export function purger<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
): StatementWrite<Data> {
  return writeSpec('purge', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const where = byId(mapping, scope, id, null, writer);
    return {
      statement: mapping.returningRows(`DELETE FROM ${mapping.table} WHERE ${where} RETURNING ${mapping.list}`),
      values: writer.values,
      finish: ({ rows }) => onlyData(definition, rows, id),
      failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []),
    };
  });
}
