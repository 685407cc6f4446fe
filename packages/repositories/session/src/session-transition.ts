import { type WriteSpec, writeSpec } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { compileScope, type Scope, SqlWriter } from '@holdfast/querier';
import type { SessionInfo } from './session-info.js';
import { SessionRow, toSessionInfo } from './session-row.js';
import { isTerminal, legalPredecessors, SESSION_STATUSES, type SessionStatus } from './session-status.js';

/**
 * Moves one session to a status, if it is in one that may go there: null if it is not, or is not there.
 * The check and the change are one statement, so that of two movers only one succeeds.
 */
export function sessionTransition(
  scope: Scope<SessionRow>,
  id: SessionId,
  to: SessionStatus,
): WriteSpec<SessionInfo | null> {
  if (!SESSION_STATUSES.includes(to)) throw new InvalidInput('INVALID_VALUE', 'No status of a session.', '/status');
  return writeSpec('updateStatus', (catalog) => {
    const mapping = catalog.mappingOf(SessionRow);
    const column = (property: keyof SessionRow): string => mapping.column(property).sql;
    const { type } = mapping.column('status');
    const writer = new SqlWriter();
    const changes = [
      `${column('status')} = ${writer.element(type, to, '/status')}`,
      `${column('statusChangedAt')} = now()`,
      ...(isTerminal(to) ? [`${column('terminatedAt')} = now()`] : []),
      ...mapping.bookkeeping(),
    ];
    const conditions = [
      `${column('id')} = ${writer.element(mapping.column('id').type, id, '/id')}`,
      compileScope(mapping, scope, writer),
      `${column('deletedAt')} IS NULL`,
      `${column('status')} = ANY(${writer.list(type, legalPredecessors(to), '/status')})`,
    ];
    const sql = `UPDATE ${mapping.table} SET ${changes.join(', ')} WHERE ${conditions.join(' AND ')}`;
    return {
      statement: mapping.returningRows(`${sql} RETURNING ${mapping.list}`),
      values: writer.values,
      finish: ({ rows }) => (rows[0] === undefined ? null : toSessionInfo(rows[0] as SessionRow)),
    };
  });
}
