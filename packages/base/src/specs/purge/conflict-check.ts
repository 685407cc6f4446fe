import { type HoldfastError, Misuse } from '@holdfast/errors';
import { quoteIdentifier, type SqlWriter } from '@holdfast/querier';
import { type ForeignRows, foreignRows } from './foreign-rows.js';

/**
 * Refuses a purge while other rows refer to the one that would go: where no foreign key says so, because the tables
 * belong to packages that do not know each other. The rows of all tenants count.
 *
 * It is no foreign key: whoever creates a referring row at the same moment is only kept out if they lock the row too
 * (`get` with `lock`). A dbSession that is not read committed would not see that row: there, checks are refused (Misuse).
 */
export interface ConflictCheck extends ForeignRows {
  /** The column that refers, as the database calls it. */
  readonly column: string;
  /** The property that it refers to. Default: the primary key, which has one column then. */
  readonly references?: string;
  /** The domain's own error; it names no row. */
  readonly error: () => HoldfastError;
}

/** That a row refers to one of the keys that a subquery selects, as SQL. */
export function referringRow(check: ConflictCheck, keys: string, writer: SqlWriter): string {
  if (check.column === '') throw new Misuse('A ConflictCheck names a column.');
  const { from, conditions } = foreignRows(check, writer);
  const refers = `r.${quoteIdentifier(check.column)} IN (${keys})`;
  return `EXISTS (SELECT FROM ${from} WHERE ${[refers, ...conditions].join(' AND ')})`;
}
