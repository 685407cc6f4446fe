import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { quoteIdentifier } from '@holdfast/querier';
import type pg from 'pg';
import type { DataSource, EntityTarget } from 'typeorm';
import { entityOperations, type SoftDeletingOperations } from '../../src/index.js';
import type { ColumnPlan } from './column-plan.js';
import { columnsOf, type EntityPlan } from './entity-plan.js';
import type { FuzzedRow } from './entity-schema.js';

/** A column as the database has it. */
export interface FuzzedColumn extends ColumnPlan {
  /** Its name, quoted. */
  readonly sql: string;
  /** Its whole type, as PostgreSQL writes it. */
  readonly cast: string;
}

/** An entity with its table in a database. */
export interface FuzzedTable {
  readonly plan: EntityPlan;
  readonly entity: EntityTarget<FuzzedRow>;
  /** Quoted, with its schema. */
  readonly sql: string;
  readonly columns: readonly FuzzedColumn[];
  readonly keys: readonly FuzzedColumn[];
  /** Those of soft deletion are for entities that have it. */
  readonly operations: SoftDeletingOperations<FuzzedRow, FuzzedRow, unknown>;
}

/** The table that TypeORM has made of an entity; types are as PostgreSQL says that they are. */
export async function fuzzedTable(
  plan: EntityPlan,
  entity: EntityTarget<FuzzedRow>,
  dataSource: DataSource,
  sql: pg.Client,
): Promise<FuzzedTable> {
  const metadata = dataSource.getMetadata(entity);
  const path = plan.schema === null ? [plan.tableName] : [plan.schema, plan.tableName];
  const table = path.map(quoteIdentifier).join('.');
  const { rows } = await sql.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = $1::regclass`,
    [table],
  );
  const types = new Map(rows.map(({ name, type }) => [name, type]));
  const columns = plan.columns.map((column): FuzzedColumn => {
    const name = metadata.findColumnWithPropertyPath(column.property)!.databaseName;
    return { ...column, sql: quoteIdentifier(name), cast: types.get(name)! };
  });
  const [deletedAt] = columnsOf(plan, 'deleteDate');
  return {
    plan,
    entity,
    sql: table,
    columns,
    keys: columns.filter(({ role }) => role === 'key'),
    operations: entityOperations<FuzzedRow, FuzzedRow, unknown>({
      entity,
      toData: (row) => ({ ...row }),
      notFound: () => new EntityNotFound('row', 'There is no such row.'),
      alreadyExists: () => new EntityAlreadyExists('row', 'There is such a row.'),
      ...(deletedAt === undefined ? {} : { softDelete: deletedAt.property }),
    }) as SoftDeletingOperations<FuzzedRow, FuzzedRow, unknown>,
  };
}
