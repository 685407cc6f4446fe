import type { DbReadSession } from '../../session/db-session.js';
import type { RowLevelSecurityFinding } from './finding.js';

interface Role {
  readonly name: string;
  readonly isSuperuser: boolean;
  readonly bypasses: boolean;
}

/** What the role of the connection is allowed beyond every policy. */
export async function roleFindings(dbSession: DbReadSession): Promise<readonly RowLevelSecurityFinding[]> {
  const roles = await dbSession.sql<Role>`
    SELECT rolname AS name, rolsuper AS "isSuperuser", rolbypassrls AS bypasses
    FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)`;
  return roles.map(({ name, isSuperuser }) => ({
    severity: 'defeats',
    code: 'role-bypasses',
    object: name,
    message: `The role ${name} ${isSuperuser ? 'is a superuser' : 'has BYPASSRLS'}: no policy applies to it.`,
  }));
}
