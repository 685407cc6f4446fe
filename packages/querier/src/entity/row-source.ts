import type { ColumnShape, EntityShape } from './entity-shape.js';

/** Rows of an entity as one statement names them. */
export interface RowSource {
  readonly shape: EntityShape;
  /** What stands before the name of a column: nothing for the statement's own table, else an alias with a dot. */
  readonly qualifier: string;
  /** How many subqueries it is in. */
  readonly level: number;
}

/** The rows of a statement's own table, or of its alias. */
export function ownRows(shape: EntityShape, alias: string | null = null): RowSource {
  return { shape, qualifier: alias === null ? '' : `${alias}.`, level: 0 };
}

/** The rows of a subquery. Its alias is no name that a table has. */
export function rowsBehind(rows: RowSource, shape: EntityShape): RowSource {
  const level = rows.level + 1;
  return { shape, qualifier: `"#${level}".`, level };
}

/** A column as the statement names it. */
export function columnOf(rows: RowSource, column: ColumnShape): ColumnShape {
  return rows.qualifier === '' ? column : { ...column, sql: rows.qualifier + column.sql };
}

/** What stands before the name of a column where a subquery speaks of the rows around it. */
export function outerQualifier({ shape, qualifier }: RowSource): string {
  return qualifier === '' ? `${shape.table}.` : qualifier;
}
