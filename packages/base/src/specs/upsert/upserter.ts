import { type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { RowDeleted } from '../../errors/row-deleted.js';
import type { Step } from '../../wire/statement.js';
import { castOf } from '../cast-of.js';
import { type Cells, creationOf } from '../creation.js';
import { upsertFailure } from './upsert-failure.js';
import { dataOf, deletionColumn, type EntityDefinition } from '../entity-definition.js';
import { scopeInShape } from '../scope-in-shape.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import { STORED } from '../bulk/stored.js';
import { onConflict } from './on-conflict.js';
import type { UpserterSpec } from './upserter-spec.js';

/** What became of an upsert, and the row as it is now. */
export interface UpsertResult<Data> {
  readonly data: Data;
  /** Whether the row is new. */
  readonly inserted: boolean;
}

/**
 * Creates a row, or changes the one that is there already, in one statement: the seeds' Upserter. A row that is there
 * and outside of the scope is the domain's already-exists error; one that is there and deleted is RowDeleted.
 */
export function upserter<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  spec: UpserterSpec<Row>,
): StatementWrite<UpsertResult<Data>> {
  const creation = creationOf(definition, scope, spec);
  return writeSpec('upsert', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const cells = creation.cells(mapping, actor, '');
    const { statement, values } = upsertionOf(definition, mapping, scope, spec, cells);
    return {
      statement,
      values,
      minted: () => creation.minted,
      failure: (error) => upsertFailure(definition, mapping, [spec], error),
      finish({ rows, leads }) {
        if (rows[0] !== undefined)
          return Object.freeze({ data: dataOf(definition, rows[0]), inserted: leads[1] === 1 });
        throw leads[0] === 0 ? definition.alreadyExists(spec.values) : new RowDeleted();
      },
    };
  });
}

function upsertionOf<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  spec: UpserterSpec<Row>,
  cells: Cells,
): Step {
  const anew = (): Step => writtenUpsertion(definition, mapping, scope, spec, cells);
  const isUsual =
    spec.update === undefined && spec.conflictTarget === undefined && definition.conflictTarget === undefined;
  if (!isUsual) return anew();
  const shape = mapping.shapes.of('upsert').and(definition.actor?.created);
  for (const [column, text] of cells) shape.value(column, text);
  // Once for the row that is there, and where it may be deleted once more for that.
  const scopes = deletionColumn(definition, mapping) === null ? 1 : 2;
  for (let i = 0; i < scopes; i++) if (!scopeInShape(mapping, scope, shape)) return anew();
  return shape.step(anew);
}

function writtenUpsertion<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  spec: UpserterSpec<Row>,
  cells: Cells,
): Step {
  const writer = new SqlWriter();
  const parameters = new Map(cells.map(([column, text]) => [column, writer.text(text, castOf(column))]));
  const columns = [...parameters.keys()];
  const { target, sql, isDeleted } = onConflict(definition, mapping, scope, spec, columns, writer, '');
  const same = target.columns.map((column) => `${column.sql} = ${parameters.get(column)!}`).join(' AND ');
  // A row that was there before has been locked by its inserter's transaction; a new one by nobody.
  const stored =
    `INSERT INTO ${mapping.table} AS ${STORED} (${columns.map((column) => column.sql).join(', ')}) ` +
    `VALUES (${[...parameters.values()].join(', ')}) ${sql} ` +
    `RETURNING (${STORED}.xmax = 0)::int AS "#inserted", ${mapping.listOf(STORED)}`;
  const deleted = `SELECT count(*) AS "#deleted" FROM ${mapping.table} WHERE ${same} AND ${isDeleted}`;
  const statement = mapping.returningNumbers(
    2,
    `WITH stored AS (${stored}) SELECT "#deleted", coalesce("#inserted", 0), ${mapping.listOf('stored')} ` +
      `FROM (${deleted}) d LEFT JOIN stored ON TRUE`,
  );
  return { statement, values: writer.values };
}
