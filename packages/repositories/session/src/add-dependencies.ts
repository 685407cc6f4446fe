import { CheckViolation, DatabaseError, owned, type StatementWrite, withinScope, writeSpec } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { type HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import { columnType, compileScope, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import { rowFormat } from './row-format.js';
import { SessionDependenciesUnmet } from './session-dependencies-unmet.js';
import { SessionDependencyCycle } from './session-dependency-cycle.js';
import type { SessionDependency } from './session-dependency-graph.js';
import { SessionDependencyRow } from './session-dependency-row.js';
import { SessionIsNotPending } from './session-is-not-pending.js';
import { SessionNotFound } from './session-not-found.js';
import { sessionRowLevelSecurity } from './session-row-level-security.js';
import { SessionRow } from './session-row.js';

const uuid = columnType('uuid');

/** A session that is there, whether all that were asked for are of one owner, and whether it waits no longer, but should. */
interface Found {
  readonly id: SessionId;
  readonly isOwn: boolean;
  readonly isLate: boolean;
}

const format = rowFormat({ id: uuid, isOwn: columnType('boolean'), isLate: columnType('boolean') });

/**
 * Makes sessions wait for others, all or none; what is there already stays. Throws `SessionNotFound` for one that is not in
 * the scope, `InvalidInput` for sessions of different owners, `SessionDependencyCycle`, and `SessionDependenciesUnmet` for
 * one that has started; with `ofPending`, `SessionIsNotPending` for any that is not pending.
 */
export function addDependencies(
  scope: Scope<SessionRow>,
  dependencies: readonly SessionDependency[],
  { ofPending = false }: { readonly ofPending?: boolean } = {},
): StatementWrite<void> {
  const pairs = new Map(dependencies.map((one) => [`${one.sessionId} ${one.dependsOn}`, one] as const));
  const asked = [...pairs.values()];
  const ids = [...new Set(asked.flatMap(({ sessionId, dependsOn }) => [sessionId, dependsOn]))];
  const spec = writeSpec('addDependencies', (catalog) => {
    if (asked.some(({ sessionId, dependsOn }) => sessionId === dependsOn)) throw new SessionDependencyCycle();
    const sessions = catalog.mappingOf(SessionRow);
    const mapping = catalog.mappingOf(SessionDependencyRow);
    const writer = new SqlWriter();
    const from = writer.list(
      uuid,
      asked.map(({ sessionId }) => sessionId),
      '/sessionId',
    );
    const to = writer.list(
      uuid,
      asked.map(({ dependsOn }) => dependsOn),
      '/dependsOn',
    );
    const all = writer.list(uuid, ids, '');
    const count = writer.text(String(asked.length), 'bigint');
    const visible = (alias: string): string =>
      `${alias}.deleted_at IS NULL AND ${compileScope(ownRows(sessions, alias), scope, writer)}`;
    const sql = `
      WITH found AS (
        SELECT s.id, s.status, d.id AS depends_on, s.domain_name, s.group_id, s.user_uuid, s.access_key,
               (s.domain_name, s.group_id, s.user_uuid, s.access_key)
               = (d.domain_name, d.group_id, d.user_uuid, d.access_key) AS is_own
        FROM unnest(${from}, ${to}) asked (session_id, depends_on)
        JOIN ${sessions.table} s ON s.id = asked.session_id AND ${visible('s')}
        JOIN ${sessions.table} d ON d.id = asked.depends_on AND ${visible('d')}
      ), late AS (
        SELECT id FROM found WHERE ${ofPending ? `status <> 'PENDING'` : 'false'}
      ), added AS (
        INSERT INTO ${mapping.table} (session_id, depends_on, domain_name, group_id, user_uuid, access_key)
        SELECT id, depends_on, domain_name, group_id, user_uuid, access_key FROM found
        WHERE (SELECT count(*) FILTER (WHERE is_own) FROM found) = ${count} AND NOT EXISTS (SELECT FROM late)
        ON CONFLICT (session_id, depends_on) DO NOTHING
      )
      SELECT v.id, NOT EXISTS (SELECT FROM found f WHERE NOT f.is_own) AS is_own,
             EXISTS (SELECT FROM late l WHERE l.id = v.id) AS is_late
      FROM ${sessions.table} v WHERE v.id = ANY(${all}) AND ${visible('v')}`;
    return {
      statement: mapping.returning(sql, format),
      values: writer.values,
      failure: (error) => failure(error, ofPending ? ids[0] : undefined),
      finish: ({ rows }) => checkFound(ids, rows as readonly Found[]),
    };
  });
  return owned(scope, withinScope({ rowLevelSecurity: sessionRowLevelSecurity }, scope, spec, { relations: false }));
}

/** What an error means; `late` is the session that waits no longer where one that has started may be it alone. */
function failure(error: HoldfastError, late: SessionId | undefined): HoldfastError {
  if (error instanceof CheckViolation && error.constraint === 'sessions_dependencies_met') {
    return late === undefined ? new SessionDependenciesUnmet(error) : new SessionIsNotPending(late, error);
  }
  if (error instanceof CheckViolation && error.constraint === 'session_dependencies_acyclic') {
    return new SessionDependencyCycle(error);
  }
  if (!(error instanceof DatabaseError) || error.sqlState !== '55000') return error;
  return new Misuse(
    'Adding dependencies needs to see what others have just committed: begin its dbSession read committed.',
  );
}

function checkFound(ids: readonly SessionId[], rows: readonly Found[]): void {
  const found = new Set(rows.map(({ id }) => id));
  // PostgreSQL says ids in small letters.
  const missing = ids.find((id) => !found.has(id.toLowerCase() as SessionId));
  if (missing !== undefined) throw new SessionNotFound(missing);
  const late = rows.find(({ isLate }) => isLate);
  if (late !== undefined) throw new SessionIsNotPending(late.id);
  if (rows.every(({ isOwn }) => isOwn)) return;
  throw new InvalidInput('INVALID_VALUE', 'A session waits for sessions of its own owner only.', '/dependsOn');
}
