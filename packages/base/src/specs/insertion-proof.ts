import type { EntityMapping } from '../entity/entity-mapping.js';
import { rowValue } from '../entity/row-value.js';
import type { RowSink } from '../wire/row-sink.js';
import { dataOf, type EntityDefinition } from './entity-definition.js';
import type { Proof } from './spec.js';

/** How the insertion of a row proves what became of it, whose only key was made here. */
export function insertionProof<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  insertion: string,
  values: readonly (string | null)[],
  key: string,
): Proof<Data> {
  const [column] = mapping.primaryKey as readonly [EntityMapping['primaryKey'][number]];
  const finish = ({ rows }: RowSink): Data | null => (rows[0] === undefined ? null : dataOf(definition, rows[0]));
  return {
    again: {
      // The key is asked for before other indexes are, but not before triggers, CHECK and NOT NULL.
      statement: mapping.returningRows(`${insertion} ON CONFLICT (${column.sql}) DO NOTHING RETURNING ${mapping.list}`),
      values,
      finish: (sink) => {
        const [row] = sink.rows;
        // A trigger makes keys of its own: each time it is inserted it is another row.
        if (row !== undefined && rowValue(row, column) !== key)
          throw new Error('The key is not the one that was given.');
        return finish(sink);
      },
    },
    stored: {
      statement: mapping.returningRows(`SELECT ${mapping.list} FROM ${mapping.table} WHERE ${column.sql} = $1::uuid`),
      values: [key],
      finish,
    },
  };
}
