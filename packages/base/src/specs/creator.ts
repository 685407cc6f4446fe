import { type Scope, SqlWriter } from '@holdfast/querier';
import { castOf } from './cast-of.js';
import { type CreatorSpec, creationOf } from './creation.js';
import { creationFailure } from './creation-failure.js';
import { type EntityDefinition, onlyCreated } from './entity-definition.js';
import { insertionProof } from './insertion-proof.js';
import { type Plan, type Proof, type StatementWrite, writeSpec } from './spec.js';

/**
 * Creates one row in the scope, stamped with it: the seeds' Creator. A uuid key that is not given is made here (UUIDv7),
 * once for all executions of the spec.
 */
export function creator<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  spec: CreatorSpec<Row>,
): StatementWrite<Data> {
  const creation = creationOf(definition, scope, spec);
  return writeSpec('create', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const names: string[] = [];
    const parameters: string[] = [];
    for (const [column, text] of creation.cells(mapping, actor, '')) {
      names.push(column.sql);
      parameters.push(writer.text(text, castOf(column)));
    }
    const row = names.length === 0 ? 'DEFAULT VALUES' : `(${names.join(', ')}) VALUES (${parameters.join(', ')})`;
    const insertion = `INSERT INTO ${mapping.table} ${row}`;
    const { values } = writer;
    const plan: Plan<Data> = {
      statement: mapping.returningRows(`${insertion} RETURNING ${mapping.list}`),
      values,
      finish: ({ rows }) => onlyCreated(definition, mapping, rows),
      failure: (error) => creationFailure(definition, mapping, [spec], error),
    };
    const { minted } = creation;
    if (minted === null) return plan;
    const proof = (): Proof<Data> => insertionProof(definition, mapping, insertion, values, minted);
    return { ...plan, minted: () => [minted], proof };
  });
}
