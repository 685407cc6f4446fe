import { freeze, type ColumnKey, type KeysOfKind, type PathOfKind, type Present } from '@holdfast/querier';
import type { EntityTarget } from 'typeorm';
import { type HoldfastError, Misuse } from '@holdfast/errors';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';
import type { ActorColumns } from './actor.js';
import type { ConflictTarget } from './upsert/conflict-target.js';
import type { IntegrityErrorCheck } from '../errors/integrity-error-check.js';
import type { RowLevelSecurity } from '../row-level-security/row-level-security.js';

/** What a db source says once about its entity; `entityOperations` makes every standard operation of it. */
export interface EntityDefinition<Row extends object, Data, Id> {
  readonly entity: EntityTarget<Row>;
  /** What callers get for a row: plain data. It is frozen here. */
  readonly toData: (row: Row) => Data;
  /** The error for an id that is not there, or not within the scope. */
  readonly notFound: (id: Id) => HoldfastError;
  /** The error for a primary key that is taken; of many rows it is not said whose: null. Other constraints are named by `integrityErrorChecks`. */
  readonly alreadyExists: (values: Insertable<Row> | null) => HoldfastError;
  /**
   * The column that holds since when a row is deleted, if rows of the entity can be: `delete` sets it. It is the one that
   * TypeORM knows as `deleteDate`, by which rows behind relations go; operations refuse any other, and none (Misuse).
   */
  readonly softDelete?: ColumnKey<Row> | PathOfKind<Row, 'scalar'>;
  /** By which unique index upserts find the row that is there already. Default: the primary key. */
  readonly conflictTarget?: ConflictTarget<Row>;
  /** The columns that hold who created a row and who changed it last: stamped with the `actor` of a write. */
  readonly actor?: ActorColumns<Row>;
  /** Domain errors for violations that any write of the entity may meet. */
  readonly integrityErrorChecks?: readonly IntegrityErrorCheck[];
  /** The table is under row-level security: every operation says whose rows it may touch. Scopes it does not know are refused. */
  readonly rowLevelSecurity?: RowLevelSecurity<Row>;
}

/** The definition of an entity whose rows can be deleted and brought back. */
export type SoftDeletingDefinition<Row extends object, Data, Id> = EntityDefinition<Row, Data, Id> &
  Required<Pick<EntityDefinition<Row, Data, Id>, 'softDelete'>>;

/** The columns of a new row, embedded objects as objects. Absent columns get their default from the database. */
export type Insertable<Row> = { readonly [Property in ColumnKey<Row>]?: Row[Property] } & {
  readonly [Property in KeysOfKind<Row, 'embedded'>]?: Insertable<Present<Row[Property]>>;
};

/** The restriction of reads and writes to rows that are not deleted, as SQL; null where there is none. */
export function liveRows<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  includeDeleted: boolean,
  qualifier = '',
): string | null {
  const column = deletionColumn(definition, mapping);
  return column === null || includeDeleted ? null : `${qualifier}${column.sql} IS NULL`;
}

/** The column of `softDelete`, or null. Throws Misuse unless TypeORM knows the same: one row would be there and not. */
export function deletionColumn<Row extends object, Data, Id>(
  { softDelete }: Pick<EntityDefinition<Row, Data, Id>, 'softDelete'>,
  { name, deletedAt }: EntityMapping,
): MappedColumn | null {
  if (softDelete === deletedAt?.property) return deletedAt;
  if (deletedAt === null) {
    throw new Misuse(
      `${name}.${softDelete} is said to be softDelete, and is no delete date of TypeORM: mark it deleteDate.`,
    );
  }
  throw new Misuse(
    `${deletedAt.property} is the delete date of ${name} to TypeORM: say softDelete: '${deletedAt.property}'.`,
  );
}

/** A row as callers get it. */
export function dataOf<Row extends object, Data, Id>(definition: EntityDefinition<Row, Data, Id>, row: object): Data {
  return freeze(definition.toData(row as Row));
}

/** The row that was created. Throws Misuse where a trigger kept it from being stored. */
export function onlyCreated<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  { name }: EntityMapping,
  rows: readonly object[],
): Data {
  if (rows[0] === undefined) throw new Misuse(`${name}: the database did not store the row.`);
  return dataOf(definition, rows[0]);
}

/** The one row that arrived as data, or the domain's not-found error. */
export function onlyData<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  rows: readonly object[],
  id: Id,
): Data {
  const row = rows[0];
  if (row === undefined) throw definition.notFound(id);
  return dataOf(definition, row);
}
