import type { ColumnType } from './column-type.js';

/** A column as the compiler needs to know it. */
export interface ColumnShape {
  /** The row's property; with dots where it is one of an embedded object, e.g. `address.city`. */
  readonly property: string;
  /** The column's name, quoted. */
  readonly sql: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Whether rows come without it: what it holds is not for whoever reads them. Default false. */
  readonly hidden?: boolean;
}

/** Columns that must be equal for two rows to belong together, as quoted names. */
export type JoinColumns = readonly (readonly [own: string, other: string])[];

/** A relation as the compiler needs to know it. */
export interface RelationShape {
  /** The row's property. */
  readonly property: string;
  /** Whether many rows may stand behind it. */
  readonly many: boolean;
  /** The entity behind it. */
  readonly target: EntityShape;
  /** From the row to the one behind it, or to the junction's. */
  readonly on: JoinColumns;
  /** The table in between (quoted), and the columns from it to the row behind; null where there is none. */
  readonly junction: { readonly table: string; readonly on: JoinColumns } | null;
}

/** An entity as the compiler needs to know it; `base` makes it from TypeORM's metadata. */
export interface EntityShape {
  /** The entity's name, e.g. `Session`. */
  readonly name: string;
  /** The table's name, quoted, with its schema if it has one. */
  readonly table: string;
  /** By property. */
  readonly columns: ReadonlyMap<string, ColumnShape>;
  /** By property. */
  readonly relations: ReadonlyMap<string, RelationShape>;
  /** The columns of a row: all that are there, except those that are never read. */
  readonly selected: readonly ColumnShape[];
  /** The same as a select list. */
  readonly list: string;
  /** Where columns or relations are embedded: what stands before the dots of their properties. */
  readonly embedded: ReadonlySet<string>;
  /** In key order. */
  readonly primaryKey: readonly ColumnShape[];
  /** The column that says since when a row is deleted, if there is one: such rows are not seen behind relations. */
  readonly deletedAt: ColumnShape | null;
  /** Which rows of the table are the entity's, where it shares the table with others (single-table inheritance). */
  readonly kinds: RowKinds | null;
}

/** The rows of a table whose column has one of these values. */
export interface RowKinds {
  /** The column's name, quoted. */
  readonly sql: string;
  readonly values: readonly string[];
}

/** Quotes an identifier (PostgreSQL 4.1.1). */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
