import type { SqlWriter } from '../entity/sql-writer.js';
import type { Total } from '../page/pagination.js';

/** How many rows match in all, as a scalar subquery. Counting stops one behind the most that is asked for. */
export function compileTotal(from: string, filter: string, total: Exclude<Total, 'none'>, writer: SqlWriter): string {
  if (total === 'exact') return `(SELECT count(*) FROM ${from} WHERE ${filter})`;
  const most = writer.text(String(total.atMost + 1), 'int8');
  return `(SELECT count(*) FROM (SELECT FROM ${from} WHERE ${filter} LIMIT ${most}) s)`;
}
