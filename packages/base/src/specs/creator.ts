import { type Scope, SqlWriter } from '@holdfast/querier';
import { castOf } from './cast-of.js';
import type { EntityMapping } from '../entity/entity-mapping.js';
import type { Step } from '../wire/statement.js';
import { type Cells, type CreatorSpec, creationOf, keyToMint } from './creation.js';
import { creationFailure } from './creation-failure.js';
import { type EntityDefinition, onlyCreated } from './entity-definition.js';
import { insertionProof } from './insertion-proof.js';
import { type Plan, type StatementWrite, writeSpec } from './spec.js';

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
  return writeSpec('create', (catalog, actor): Plan<Data> => {
    const mapping = catalog.mappingOf(definition.entity);
    const cells = creation.cells(mapping, actor, '');
    const shape = mapping.shapes.of('insert');
    for (const [column, text] of cells) shape.value(column, text);
    const { statement, values } = shape.step(() => insertionOf(mapping, cells));
    const key = textAmong(cells, keyToMint(mapping));
    const isMinted = key !== null && (key === creation.key || spec.minted?.includes(key) === true);
    return {
      statement,
      values,
      finish: ({ rows }) => onlyCreated(definition, mapping, rows),
      failure: (error) => creationFailure(definition, mapping, [spec], error),
      minted: () => creation.minted,
      orFails: () => orFails(mapping, cells),
      proof: isMinted ? () => insertionProof(definition, mapping, insertionSql(mapping, cells), values, key) : null,
    };
  });
}

function insertionOf(mapping: EntityMapping, cells: Cells): Step {
  const sql = `${insertionSql(mapping, cells)} RETURNING ${mapping.list}`;
  return { statement: mapping.returningRows(sql), values: cells.map(([, text]) => text) };
}

/** A count that is divided by fails where nothing was stored. It is joined to, so that it is counted whatever comes back. */
function orFails(mapping: EntityMapping, cells: Cells): Step {
  const shape = mapping.shapes.of('insert or fail');
  for (const [column, text] of cells) shape.value(column, text);
  return shape.step(() => {
    const sql =
      `WITH stored AS (${insertionSql(mapping, cells)} RETURNING ${mapping.list}) SELECT ${mapping.listOf('stored')} ` +
      'FROM (SELECT 1 / count(*) AS number FROM stored) counted LEFT JOIN stored ON counted.number >= 0';
    return { statement: mapping.returningRows(sql), values: cells.map(([, text]) => text) };
  });
}

function insertionSql({ table }: EntityMapping, cells: Cells): string {
  if (cells.length === 0) return `INSERT INTO ${table} DEFAULT VALUES`;
  const writer = new SqlWriter();
  const parameters = cells.map(([column, text]) => writer.text(text, castOf(column)));
  return `INSERT INTO ${table} (${cells.map(([{ sql }]) => sql).join(', ')}) VALUES (${parameters.join(', ')})`;
}

function textAmong(cells: Cells, column: Cells[number][0] | null): string | null {
  for (const [given, text] of cells) if (given === column) return text;
  return null;
}
