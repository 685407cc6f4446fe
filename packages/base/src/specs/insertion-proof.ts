import type { EntityMapping } from '../entity/entity-mapping.js';
import { dataOf, type EntityDefinition } from './entity-definition.js';
import type { Proof } from './spec.js';
import type { RowSink } from '../wire/row-sink.js';

/** How the insertion of a row proves what became of it, whose only key was made here. */
export function insertionProof<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  insertion: string,
  values: readonly (string | null)[],
  key: string,
): Proof<Data> {
  const [{ sql: column }] = mapping.primaryKey as readonly [EntityMapping['primaryKey'][number]];
  const finish = ({ rows }: RowSink): Data | null => (rows[0] === undefined ? null : dataOf(definition, rows[0]));
  return {
    again: {
      // The key is asked first, before any other constraint is (PostgreSQL: INSERT, ON CONFLICT).
      statement: mapping.returningRows(`${insertion} ON CONFLICT (${column}) DO NOTHING RETURNING ${mapping.list}`),
      values,
      finish,
    },
    stored: {
      statement: mapping.returningRows(`SELECT ${mapping.list} FROM ${mapping.table} WHERE ${column} = $1::uuid`),
      values: [key],
      finish,
    },
  };
}
