import { DatabaseError, type Database, reportRowLevelSecurity } from '@holdfast/base';
import { sessionTablesRowLevelSecurity } from '@holdfast/session-repository';

/** Whether PostgreSQL, too, keeps the tenants' sessions apart from each other, and what it cannot do: in lines. */
export async function rowLevelSecurityNotice(database: Database): Promise<readonly string[]> {
  const tables = 'Row-level security of sessions and kernels';
  try {
    const findings = await reportRowLevelSecurity(database, sessionTablesRowLevelSecurity);
    const isDefeated = findings.some(({ severity }) => severity === 'defeats');
    return [
      `${tables} is ${isDefeated ? 'not in force' : 'in force'}:`,
      ...findings.map(({ severity, message }) => `  ${severity.padEnd(7)}  ${message}`),
    ];
  } catch (error) {
    // A role may be allowed all that the demo does, and not what the report needs.
    if (!(error instanceof DatabaseError)) throw error;
    return [`${tables} could not be examined: ${error.message}`];
  }
}
