import type { ColumnType } from './column-type.js';

/** A column as the compiler needs to know it. */
export interface ColumnShape {
  /** The row's property. */
  readonly property: string;
  /** The column's name, quoted. */
  readonly sql: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

/** An entity as the compiler needs to know it; `base` makes it from TypeORM's metadata. */
export interface EntityShape {
  /** The entity's name, e.g. `Session`. */
  readonly name: string;
  /** The table's name, quoted, with its schema if it has one. */
  readonly table: string;
  /** By property, in the order of the select list. */
  readonly columns: ReadonlyMap<string, ColumnShape>;
  /** All columns, as in a select list. */
  readonly list: string;
  /** In key order. */
  readonly primaryKey: readonly ColumnShape[];
}

/** Quotes an identifier (PostgreSQL 4.1.1). */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
