import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Database } from '../../database.js';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import type { DbWriteSession } from '../../session/db-session.js';
import { pingSpec } from '../../specs/ping.js';
import { type ReadSpec, readSpec } from '../../specs/spec.js';
import type { RowLevelSecurityFinding } from './finding.js';
import { type GuardedTable, guardedTable } from './guarded-table.js';
import { indexFindings } from './index-findings.js';
import { policyFindings } from './policy-findings.js';
import { revealFindings } from './reveal-findings.js';
import { roleFindings } from './role-findings.js';
import { wayAroundFindings } from './way-around-findings.js';

/** A `rowLevelSecurity({ … })` of whichever entity. */
interface Declaration {
  readonly entity: EntityTarget<ObjectLiteral>;
  readonly scopes: Readonly<Record<string, string>>;
}

/**
 * What defeats row-level security of these tables, or is revealed or slowed by it, in this database and for the role that
 * it is used by. Worth a look at every start: a role, a view or an index changes without the application.
 * Needs the privilege to make a temporary table, which it drops. Throws Misuse for a table that is not there.
 */
export function reportRowLevelSecurity(
  database: Database,
  declarations: readonly Declaration[],
): Promise<readonly RowLevelSecurityFinding[]> {
  return database.beginSession(async (dbSession) => {
    const tables: GuardedTable[] = [];
    for (const { entity, scopes } of declarations) {
      tables.push(await guardedTable(dbSession, await dbSession.execute(mappingOf(entity)), scopes));
    }
    const findings = [...(await roleFindings(dbSession))];
    for (const table of tables) findings.push(...(await findingsOf(dbSession, table, tables)));
    return Object.freeze(findings);
  });
}

async function findingsOf(
  dbSession: DbWriteSession,
  table: GuardedTable,
  all: readonly GuardedTable[],
): Promise<readonly RowLevelSecurityFinding[]> {
  return [
    ...(await policyFindings(dbSession, table)),
    ...(await wayAroundFindings(dbSession, table)),
    ...(await revealFindings(dbSession, table, all)),
    ...(await indexFindings(dbSession, table)),
  ];
}

/** How the database maps an entity: a spec is told. */
function mappingOf(entity: Declaration['entity']): ReadSpec<EntityMapping> {
  return readSpec('mappingOf', (catalog) => {
    const mapping = catalog.mappingOf(entity);
    const { statement, values } = pingSpec.plan(catalog);
    return { statement, values, finish: () => mapping };
  });
}
