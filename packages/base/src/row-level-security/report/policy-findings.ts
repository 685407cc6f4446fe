import type { DbWriteSession } from '../../session/db-session.js';
import { POLICY, policy } from '../policy-statements.js';
import type { RowLevelSecurityFinding } from './finding.js';
import type { GuardedTable } from './guarded-table.js';

interface Policy {
  readonly name: string;
  readonly isPermissive: boolean;
  readonly isForAll: boolean;
  readonly using: string;
  /** Where there is none, `using` stands for it. */
  readonly check: string;
}

/** Whether the table's policy is in force, and is the one that was declared. */
export async function policyFindings(
  dbSession: DbWriteSession,
  table: GuardedTable,
): Promise<readonly RowLevelSecurityFinding[]> {
  const { name: object } = table;
  const defeats = (code: RowLevelSecurityFinding['code'], message: string): RowLevelSecurityFinding => ({
    severity: 'defeats',
    code,
    object,
    message,
  });
  const findings: RowLevelSecurityFinding[] = [];
  if (!table.isEnabled) findings.push(defeats('not-enabled', `Row-level security of ${object} is not enabled.`));
  if (table.isOwn && !table.isForced) {
    findings.push(
      defeats('owner-not-forced', `The role owns ${object}, and owners are not held to policies without FORCE.`),
    );
  }
  const policies = await policiesOf(dbSession, table.oid);
  const own = policies.find(({ name }) => name === POLICY);
  if (own === undefined) {
    findings.push(defeats('policy-missing', `${object} has no policy ${POLICY}.`));
  } else if (!isEqual(own, await expectedPolicy(dbSession, table))) {
    findings.push(defeats('policy-differs', `The policy ${POLICY} of ${object} is not the one that was declared.`));
  }
  for (const { name, isPermissive } of policies) {
    if (name === POLICY || !isPermissive) continue;
    findings.push(
      defeats('policy-added', `The policy ${name} of ${object} shows rows in addition to what was declared.`),
    );
  }
  return findings;
}

async function policiesOf(dbSession: DbWriteSession, table: number): Promise<readonly Policy[]> {
  return dbSession.sql<Policy>`
    SELECT polname AS name, polpermissive AS "isPermissive", polcmd = '*' AND polroles = '{0}' AS "isForAll",
           pg_get_expr(polqual, polrelid) AS using,
           coalesce(pg_get_expr(polwithcheck, polrelid), pg_get_expr(polqual, polrelid)) AS check
    FROM pg_policy WHERE polrelid = ${table}::oid ORDER BY polname`;
}

/** The declared policy in PostgreSQL's own words, which differ from ours and between versions: of a table that is not kept. */
async function expectedPolicy(dbSession: DbWriteSession, { mapping, scopes }: GuardedTable): Promise<Policy> {
  const { manager } = dbSession;
  const table = 'pg_temp.holdfast_expected';
  await manager.query(`CREATE TEMPORARY TABLE holdfast_expected (LIKE ${mapping.table}) ON COMMIT DROP`);
  await manager.query(policy({ table, column: (property) => mapping.column(property) }, scopes));
  const [{ oid }] = (await dbSession.sql<{ oid: number }>`SELECT ${table}::regclass::oid AS oid`) as [{ oid: number }];
  const [expected] = await policiesOf(dbSession, oid);
  await manager.query(`DROP TABLE ${table}`);
  return expected!;
}

function isEqual(one: Policy, other: Policy): boolean {
  return (
    one.isPermissive === other.isPermissive &&
    one.isForAll === other.isForAll &&
    one.using === other.using &&
    one.check === other.check
  );
}
