import type { DbReadSession } from '../../session/db-session.js';
import type { RowLevelSecurityFinding } from './finding.js';
import type { GuardedTable } from './guarded-table.js';

interface ForeignKey {
  readonly name: string;
  readonly from: number;
  readonly fromName: string;
  readonly columns: readonly number[];
  readonly referenced: readonly number[];
}

/** Constraints that are checked against rows of everybody, and tell by their answer that one is there. */
export async function revealFindings(
  dbSession: DbReadSession,
  table: GuardedTable,
  all: readonly GuardedTable[],
): Promise<readonly RowLevelSecurityFinding[]> {
  return [...(await foreignKeys(dbSession, table, all)), ...(await uniqueIndexes(dbSession, table))];
}

async function foreignKeys(
  dbSession: DbReadSession,
  table: GuardedTable,
  all: readonly GuardedTable[],
): Promise<readonly RowLevelSecurityFinding[]> {
  const keys = await dbSession.sql<ForeignKey>`
    SELECT conname AS name, conrelid AS "from", conrelid::regclass::text AS "fromName", conkey AS columns,
           confkey AS referenced
    FROM pg_constraint WHERE contype = 'f' AND confrelid = ${table.oid}::oid ORDER BY conname`;
  const loose = keys.filter((key) => !staysWithin(key, all.find(({ oid }) => oid === key.from) ?? null, table));
  return loose.map(({ name, fromName }) => ({
    severity: 'reveals',
    code: 'foreign-key',
    object: name,
    message: `The foreign key ${name} of ${fromName} lets rows refer to rows of ${table.name} that are others': it lacks columns of the scopes.`,
  }));
}

/** Whether both ends belong to the same: all scopes that both know are part of the key, or any if the other knows none. */
function staysWithin({ columns, referenced }: ForeignKey, from: GuardedTable | null, to: GuardedTable): boolean {
  if (from === null) return [...to.columns.values()].some((column) => referenced.includes(column));
  const common = [...to.columns].filter(([scope]) => from.columns.has(scope));
  const isPart = ([scope, column]: [string, number]): boolean =>
    referenced.some((one, i) => one === column && columns[i] === from.columns.get(scope));
  return common.length > 0 && common.every(isPart);
}

async function uniqueIndexes(
  dbSession: DbReadSession,
  table: GuardedTable,
): Promise<readonly RowLevelSecurityFinding[]> {
  const indexes = await dbSession.sql<{ name: string; columns: readonly number[] }>`
    SELECT indexrelid::regclass::text AS name, (indkey::int2[])[0:indnkeyatts - 1] AS columns
    FROM pg_index WHERE indrelid = ${table.oid}::oid AND (indisunique OR indisexclusion) ORDER BY name`;
  const scoped = [...table.columns.values()];
  const loose = indexes.filter(({ columns }) => !scoped.some((column) => columns.includes(column)));
  return loose.map(({ name }) => ({
    severity: 'reveals',
    code: 'unique-index',
    object: name,
    message: `The unique index ${name} of ${table.name} has no column of a scope: a duplicate tells that others have the value.`,
  }));
}
