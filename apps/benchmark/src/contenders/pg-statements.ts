import { COLUMNS } from '../session-table.js';

export interface PgStatement {
  readonly name: string;
  readonly text: string;
}

const listed = `FROM sessions WHERE tenant = $1 AND status = $2 AND created_at >= $3 AND deleted_at IS NULL`;
const ordered = 'ORDER BY created_at DESC, id DESC';
const inserted = 'INSERT INTO sessions (id, tenant, name, status, access_key, requested_slots)';
const changed = 'UPDATE sessions SET name = $3, requested_slots = $4, updated_at = now()';
const one = 'WHERE id = $1 AND tenant = $2';

const texts = {
  get: `SELECT ${COLUMNS} FROM sessions ${one} AND deleted_at IS NULL`,
  search: `SELECT ${COLUMNS} ${listed} ${ordered} LIMIT $4`,
  count: `SELECT count(*)::int AS total ${listed}`,
  searchTotal: `SELECT ${COLUMNS}, (SELECT count(*) ${listed}) AS total ${listed} ${ordered} LIMIT $4`,
  after: `SELECT ${COLUMNS} ${listed} AND (created_at, id) < ($4, $5) ${ordered} LIMIT $6`,
  nth: `SELECT ${COLUMNS} ${listed} ${ordered} LIMIT 1 OFFSET $4`,
  create: `${inserted} VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
  update: `${changed} ${one} AND deleted_at IS NULL RETURNING ${COLUMNS}`,
  delete: `UPDATE sessions SET deleted_at = now(), updated_at = now() ${one} AND deleted_at IS NULL RETURNING ${COLUMNS}`,
  purge: `DELETE FROM sessions ${one} RETURNING ${COLUMNS}`,
  upsert: `${inserted} VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name,
    status = EXCLUDED.status, access_key = EXCLUDED.access_key, requested_slots = EXCLUDED.requested_slots,
    updated_at = now() RETURNING ${COLUMNS}`,
  bulkCreate: `${inserted} SELECT id, $1, name, status, access_key, requested_slots
    FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::jsonb[])
      r (id, name, status, access_key, requested_slots) RETURNING ${COLUMNS}`,
  batchUpdate: `${changed} WHERE id = ANY($1) AND tenant = $2 AND deleted_at IS NULL`,
  batchPurge: 'DELETE FROM sessions WHERE id = ANY($1) AND tenant = $2',
} as const;

/** Each statement as pg takes it, prepared under its name. */
export const pgStatements = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { name, text }])) as {
  readonly [Name in keyof typeof texts]: PgStatement;
};
