import { type Scope, SqlWriter } from '@holdfast/querier';
import { castOf } from './cast-of.js';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { type Cells, type CreatorSpec, creationOf } from './creation.js';
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
    const cells = creation.cells(mapping, actor, '');
    for (const [column, text] of cells) {
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
    const key = keyAmong(minted, mapping, cells);
    if (key === null) return { ...plan, minted: () => minted };
    const proof = (): Proof<Data> => insertionProof(definition, mapping, insertion, values, key);
    return { ...plan, minted: () => minted, proof };
  });
}

/** The key of a row where it is one uuid that was made for this call alone. */
function keyAmong(minted: readonly string[], { primaryKey }: EntityMapping, cells: Cells): string | null {
  const [column, ...rest] = primaryKey;
  if (rest.length > 0 || column?.type.kind !== 'uuid' || column.type.conversion !== undefined) return null;
  const text = cells.find(([given]) => given === column)?.[1] ?? null;
  return text !== null && minted.includes(text) ? text : null;
}
