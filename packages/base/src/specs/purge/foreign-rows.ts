import { Misuse } from '@holdfast/errors';
import { columnType, quoteIdentifier, type SqlWriter } from '@holdfast/querier';

/** Rows of a table that another package has: known by its name, and by what its columns are called. */
export interface ForeignRows {
  /** With its schema where that is not in the search path: `app.users`. */
  readonly table: string;
  /** Whether rows that are marked in this column of theirs, as deleted, do not count. Default: all count. */
  readonly unlessMarked?: string;
  /** Only rows whose column holds one of these count: `{ column: 'status', in: ['RUNNING'] }`. Default: all count. */
  readonly whose?: { readonly column: string; readonly in: readonly string[] };
}

/** Where they are, and which of them count: the table `r`, and conditions on it, as SQL. Throws Misuse for no table. */
export function foreignRows(
  { table, unlessMarked, whose }: ForeignRows,
  writer: SqlWriter,
): { readonly from: string; readonly conditions: readonly string[] } {
  const path = table.split('.');
  if (path.some((name) => name === '')) throw new Misuse('A check of rows of another package names their table.');
  if (whose?.in.length === 0) throw new Misuse('A check that counts no value of a column checks nothing.');
  const conditions: string[] = [];
  if (unlessMarked !== undefined) conditions.push(`r.${quoteIdentifier(unlessMarked)} IS NULL`);
  // As text, whatever the column is: an enum of its own, too.
  if (whose !== undefined) {
    conditions.push(`r.${quoteIdentifier(whose.column)}::text = ANY(${writer.list(columnType('text'), whose.in, '')})`);
  }
  return { from: `${path.map(quoteIdentifier).join('.')} r`, conditions };
}
