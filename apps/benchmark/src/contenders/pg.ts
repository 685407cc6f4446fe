import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { OpenContender } from '../contender.js';
import { COLUMNS, PAGE_SIZE, type SessionRow } from '../session-table.js';
import { updateSession } from './update-session.js';

const get = {
  name: 'get',
  text: `SELECT ${COLUMNS} FROM sessions WHERE id = $1 AND tenant = $2 AND deleted_at IS NULL`,
};
const search = {
  name: 'search',
  text: `SELECT ${COLUMNS} FROM sessions WHERE tenant = $1 AND status = $2 AND deleted_at IS NULL
    ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4`,
};
const create = {
  name: 'create',
  text: `INSERT INTO sessions (id, tenant, name, status, access_key, requested_slots) VALUES ($1, $2, $3, $4, $5, $6)
    RETURNING ${COLUMNS}`,
};

/** Hand-written: pg with named prepared statements, no transaction, no metrics, no retry. The limit of what pg gives. */
export const openPg: OpenContender = (url, connections) => {
  const pool = new pg.Pool({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  const rows = async (query: { name: string; text: string }, values: unknown[]): Promise<SessionRow[]> =>
    (await pool.query<SessionRow>({ ...query, values })).rows;
  return Promise.resolve({
    get: async (tenant, id) => (await rows(get, [id, tenant]))[0]!,
    search: (tenant, status) => rows(search, [tenant, status, PAGE_SIZE, 0]),
    create: async ({ tenant, name, status, access_key, requested_slots }) =>
      (await rows(create, [randomUUID(), tenant, name, status, access_key, requested_slots]))[0]!,
    update: (tenant, id, change) => updateSession(pool, tenant, id, change),
    close: () => pool.end(),
  });
};
