import type { RowSource } from './row-source.js';

/**
 * Which rows of the table are the entity's, as SQL that can stand in an AND: `TRUE`, unless the entity shares its table with
 * others. Whatever reads or writes rows says so; `compileScope` does it for the rows that a statement is of.
 */
export function rowsOfEntity({ shape: { kinds }, qualifier }: Pick<RowSource, 'shape' | 'qualifier'>): string {
  if (kinds === null) return 'TRUE';
  return `${qualifier}${kinds.sql} IN (${kinds.values.map(literal).join(', ')})`;
}

/** A text of the developer's as a constant, of whatever type the column has (PostgreSQL 4.1.2). */
function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}
