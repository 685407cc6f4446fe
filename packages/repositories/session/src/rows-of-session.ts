import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { type ColumnKey, compileScope, freeze, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import type { EntitySchema } from 'typeorm';
import { SessionNotFound } from './session-not-found.js';
import { sessionRowLevelSecurity } from './session-row-level-security.js';
import { SessionRow } from './session-row.js';

/** What of a session is read. */
export interface SessionPart<Row, Data> {
  readonly entity: EntitySchema<Row>;
  readonly orderBy: ColumnKey<Row>;
  readonly toData: (row: Row) => Data;
}

/**
 * The rows that belong to a session, in order. Whether the session is there is found by the same statement: throws
 * `SessionNotFound`.
 */
export function rowsOfSession<Row extends { sessionId: SessionId }, Data>(
  scope: Scope<SessionRow>,
  id: SessionId,
  { entity, orderBy, toData }: SessionPart<Row, Data>,
  { includeDeleted = false }: { readonly includeDeleted?: boolean } = {},
): ReadSpec<readonly Data[]> {
  const spec = readSpec('rowsOfSession', (catalog) => {
    const sessions = catalog.mappingOf(SessionRow);
    const mapping = catalog.mappingOf(entity);
    const writer = new SqlWriter();
    const live = includeDeleted ? '' : ' AND s.deleted_at IS NULL';
    const sql = `SELECT 1, ${mapping.listOf('r')}
      FROM ${sessions.table} s LEFT JOIN ${mapping.table} r ON r.session_id = s.id
      WHERE s.id = ${writer.element(sessions.key.type, id, '/id')}${live}
        AND ${compileScope(ownRows(sessions, 's'), scope, writer)}
      ORDER BY r.${mapping.column(orderBy).sql}`;
    return {
      statement: mapping.returningNumbers(1, sql),
      values: writer.values,
      finish({ rows, leads }): readonly Data[] {
        if (leads.length === 0) throw new SessionNotFound(id);
        return freeze(rows.map((row) => toData(row as Row)));
      },
    };
  });
  return withinScope({ rowLevelSecurity: sessionRowLevelSecurity }, scope, spec, { relations: false });
}
