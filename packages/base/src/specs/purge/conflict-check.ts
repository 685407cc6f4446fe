import { type HoldfastError, Misuse } from '@holdfast/errors';
import { columnType, quoteIdentifier, type SqlWriter } from '@holdfast/querier';

/**
 * Refuses a purge while other rows refer to the one that would go: where no foreign key says so, because the tables
 * belong to packages that do not know each other. The rows of all tenants count.
 *
 * It is no foreign key: whoever creates a referring row at the same moment is only kept out if they lock the row too
 * (`get` with `lock`). A dbSession that is not read committed would not see that row: there, checks are refused (Misuse).
 */
export interface ConflictCheck {
  /** The table of the referring rows, with its schema where that is not in the search path: `app.users`. */
  readonly table: string;
  /** The column that refers, as the database calls it. */
  readonly column: string;
  /** The property that it refers to. Default: the primary key, which has one column then. */
  readonly references?: string;
  /** Whether rows that are marked in this column of theirs, as deleted, do not count. Default: all count. */
  readonly unlessMarked?: string;
  /** Only rows whose column holds one of these count: `{ column: 'status', in: ['RUNNING'] }`. Default: all count. */
  readonly whose?: { readonly column: string; readonly in: readonly string[] };
  /** The domain's own error; it names no row. */
  readonly error: () => HoldfastError;
}

/** That a row refers to one of the keys that a subquery selects, as SQL. */
export function referringRow(check: ConflictCheck, keys: string, writer: SqlWriter): string {
  const { table, column, unlessMarked, whose } = check;
  const path = table.split('.');
  if (path.some((name) => name === '') || column === '')
    throw new Misuse('A ConflictCheck names a table and a column.');
  if (whose?.in.length === 0) throw new Misuse('A ConflictCheck that counts no value of a column checks nothing.');
  const live = unlessMarked === undefined ? '' : ` AND r.${quoteIdentifier(unlessMarked)} IS NULL`;
  // As text, whatever the column is: an enum of its own, too.
  const counted =
    whose === undefined
      ? ''
      : ` AND r.${quoteIdentifier(whose.column)}::text = ANY(${writer.list(columnType('text'), whose.in, '')})`;
  const from = path.map(quoteIdentifier).join('.');
  return `EXISTS (SELECT FROM ${from} r WHERE r.${quoteIdentifier(column)} IN (${keys})${live}${counted})`;
}
