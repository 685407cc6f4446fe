import type { DbReadSession } from '../../session/db-session.js';
import type { RowLevelSecurityFinding } from './finding.js';
import type { GuardedTable } from './guarded-table.js';

interface Reader {
  readonly name: string;
  readonly kind: 'view' | 'materialized view' | 'function' | 'child';
  readonly owner: string;
}

/** What reads the table on behalf of somebody whom its policy does not apply to, or in another place. */
export async function wayAroundFindings(
  dbSession: DbReadSession,
  table: GuardedTable,
): Promise<readonly RowLevelSecurityFinding[]> {
  const readers = [
    ...(await views(dbSession, table)),
    ...(await functions(dbSession, table)),
    ...(await children(dbSession, table)),
  ];
  return readers.map((reader) => ({ severity: 'defeats', object: reader.name, ...described(reader, table.name) }));
}

function described({ kind, name, owner }: Reader, table: string): Pick<RowLevelSecurityFinding, 'code' | 'message'> {
  const asOwner = `as its owner ${owner}, to whom no policy applies`;
  if (kind === 'view') {
    return { code: 'view-bypasses', message: `The view ${name} reads ${table} ${asOwner}: set its security_invoker.` };
  }
  if (kind === 'function') {
    return { code: 'function-bypasses', message: `The function ${name} names ${table} and runs ${asOwner}.` };
  }
  if (kind === 'child') {
    return { code: 'child-unguarded', message: `${name} holds rows of ${table} and is not under row-level security.` };
  }
  return {
    code: 'materialized-view',
    message: `The materialized view ${name} keeps rows of ${table} without a policy.`,
  };
}

/** Views over the table, or over views of it, that ask as somebody who bypasses; materialized ones in any case. */
function views(dbSession: DbReadSession, { oid }: GuardedTable): Promise<readonly Reader[]> {
  return dbSession.sql<Reader>`
    WITH RECURSIVE reader (oid) AS (
      SELECT ${oid}::oid
      UNION
      SELECT r.ev_class
      FROM reader
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = reader.oid
      JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
    )
    SELECT v.oid::regclass::text AS name, o.rolname AS owner,
           CASE v.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END AS kind
    FROM reader
    JOIN pg_class v ON v.oid = reader.oid
    JOIN pg_roles o ON o.oid = v.relowner
    JOIN pg_class t ON t.oid = ${oid}::oid
    WHERE v.relkind = 'm'
       OR v.relkind = 'v'
          AND NOT EXISTS (SELECT FROM pg_options_to_table(v.reloptions)
                          WHERE option_name = 'security_invoker' AND option_value::boolean)
          AND (o.rolsuper OR o.rolbypassrls
               OR NOT t.relforcerowsecurity AND pg_has_role(o.oid, t.relowner, 'USAGE'))
    ORDER BY name`;
}

/** Functions that run as somebody who bypasses, and whose text names the table. */
function functions(dbSession: DbReadSession, { oid, plainName }: GuardedTable): Promise<readonly Reader[]> {
  return dbSession.sql<Reader>`
    SELECT p.oid::regprocedure::text AS name, o.rolname AS owner, 'function' AS kind
    FROM pg_proc p
    JOIN pg_roles o ON o.oid = p.proowner
    JOIN pg_class t ON t.oid = ${oid}::oid
    WHERE p.prosecdef
      AND (o.rolsuper OR o.rolbypassrls OR NOT t.relforcerowsecurity AND pg_has_role(o.oid, t.relowner, 'USAGE'))
      AND (position(lower(${plainName}) IN lower(p.prosrc)) > 0
           OR EXISTS (SELECT FROM pg_depend d
                      WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                        AND d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid))
    ORDER BY name`;
}

/** Partitions and other children: asked by their own names, they have no policy of their parent's. */
function children(dbSession: DbReadSession, { oid }: GuardedTable): Promise<readonly Reader[]> {
  return dbSession.sql<Reader>`
    WITH RECURSIVE child (oid) AS (
      SELECT inhrelid FROM pg_inherits WHERE inhparent = ${oid}::oid
      UNION
      SELECT inhrelid FROM pg_inherits JOIN child ON inhparent = child.oid
    )
    SELECT c.oid::regclass::text AS name, o.rolname AS owner, 'child' AS kind
    FROM child JOIN pg_class c ON c.oid = child.oid JOIN pg_roles o ON o.oid = c.relowner
    WHERE NOT c.relrowsecurity
    ORDER BY name`;
}
