import type pg from 'pg';
import { COLUMNS, type SessionChange, type SessionRow } from '../session-table.js';

const update = {
  name: 'update',
  text: `UPDATE sessions SET name = $3, requested_slots = $4, updated_at = now()
    WHERE id = $1 AND tenant = $2 AND deleted_at IS NULL RETURNING ${COLUMNS}`,
};

/** The update written by hand. */
export async function updateSession(
  queryable: Pick<pg.Pool | pg.ClientBase, 'query'>,
  tenant: string,
  id: string,
  { name, requested_slots }: SessionChange,
): Promise<SessionRow> {
  const { rows } = await queryable.query<SessionRow>({ ...update, values: [id, tenant, name, requested_slots] });
  return rows[0]!;
}
