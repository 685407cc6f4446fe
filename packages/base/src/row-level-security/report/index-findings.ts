import type { DbReadSession } from '../../session/db-session.js';
import type { RowLevelSecurityFinding } from './finding.js';
import type { GuardedTable } from './guarded-table.js';

interface IndexedColumn {
  readonly index: string;
  /** A column, or an expression, as SQL. */
  readonly column: string;
  readonly isComputed: boolean;
  /** Operators of the index that might tell of rows that the policy hides, and so run only on what it has let through. */
  readonly leaky: readonly string[];
}

/** Indexed columns that are looked up by index without row-level security, and are not with it. */
export async function indexFindings(
  dbSession: DbReadSession,
  table: GuardedTable,
): Promise<readonly RowLevelSecurityFinding[]> {
  const columns = await dbSession.sql<IndexedColumn>`
    SELECT i.indexrelid::regclass::text AS index, pg_get_indexdef(i.indexrelid, k.n, true) AS column,
           i.indkey[k.n - 1] = 0 AS "isComputed",
           ARRAY(SELECT DISTINCT o.oprname::text
                 FROM pg_amop a
                 JOIN pg_operator o ON o.oid = a.amopopr
                 JOIN pg_proc p ON p.oid = o.oprcode
                 WHERE a.amopfamily = c.opcfamily AND a.amoppurpose = 's' AND a.amoplefttype = c.opcintype
                   AND (m.amname NOT IN ('btree', 'hash') OR a.amoprighttype = c.opcintype)
                   AND NOT p.proleakproof
                 ORDER BY 1) AS leaky
    FROM pg_index i
    CROSS JOIN generate_series(1, i.indnkeyatts) k(n)
    JOIN pg_opclass c ON c.oid = i.indclass[k.n - 1]
    JOIN pg_am m ON m.oid = c.opcmethod
    WHERE i.indrelid = ${table.oid}::oid
    ORDER BY index, k.n`;
  const slow = columns.filter(({ isComputed, leaky }) => isComputed || leaky.length > 0);
  return [...new Map(slow.map((one) => [one.column, one])).values()].map((one) => {
    const object = one.isComputed ? one.index : `${table.name}.${one.column}`;
    const indexes = slow.filter(({ column }) => column === one.column).map(({ index }) => index);
    return {
      severity: 'slows',
      code: 'not-leakproof',
      object,
      message: `${reason(one, object)} ${indexes.join(', ')} does not look up rows by it.`,
    };
  });
}

function reason({ isComputed, column, leaky }: IndexedColumn, object: string): string {
  return isComputed
    ? `The functions in ${column} may not be leakproof:`
    : `Of ${object}, the operators ${leaky.join(' ')} are not leakproof:`;
}
