// postgres.js prepares the statement of each template under a name, once for each connection.
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { PAGE_SIZE } from '../dist/session-table.js';
import { sessionRow } from './session-row.mjs';
import { versionOf } from './version-of.mjs';

export const version = versionOf('postgres');

const CREATED = ['id', 'tenant', 'name', 'status', 'access_key', 'requested_slots'];

export async function open(url, connections) {
  const sql = postgres(url, { max: connections });

  // A fragment is part of the statement's text, and the columns of a helper are written by it.
  const columns = sql`id, tenant, name, status, access_key, requested_slots, created_at, updated_at, deleted_at`;
  const listed = ({ tenant, status, since }) =>
    sql`FROM sessions WHERE tenant = ${tenant} AND status = ${status} AND created_at >= ${since} AND deleted_at IS NULL`;
  const newestFirst = sql`ORDER BY created_at DESC, id DESC`;
  const newSession = (session) => ({ ...session, id: randomUUID() });

  const get = async (on, tenant, id) =>
    (await on`SELECT ${columns} FROM sessions WHERE id = ${id} AND tenant = ${tenant} AND deleted_at IS NULL`)[0];
  const search = (on, listing, limit) => on`SELECT ${columns} ${listed(listing)} ${newestFirst} LIMIT ${limit}`;
  const update = async (on, tenant, id, { name, requested_slots }) =>
    (
      await on`UPDATE sessions SET name = ${name}, requested_slots = ${sql.json(requested_slots)}, updated_at = now()
        WHERE id = ${id} AND tenant = ${tenant} AND deleted_at IS NULL RETURNING ${columns}`
    )[0];

  return {
    get: (tenant, id) => get(sql, tenant, id),
    search: (listing) => search(sql, listing, PAGE_SIZE),
    async searchTotal(listing) {
      const found = await sql`SELECT ${columns}, (SELECT count(*) ${listed(listing)}) AS total
        ${listed(listing)} ${newestFirst} LIMIT ${PAGE_SIZE}`;
      return { rows: found.map(sessionRow), total: Number(found[0]?.total ?? 0) };
    },
    async cursorAt(listing, position) {
      const [last] = await sql`SELECT created_at, id ${listed(listing)} ${newestFirst} LIMIT 1 OFFSET ${position - 1}`;
      return last;
    },
    cursorPage(listing, cursor) {
      if (cursor === null) return search(sql, listing, PAGE_SIZE);
      return sql`SELECT ${columns} ${listed(listing)} AND (created_at, id) < (${cursor.created_at}, ${cursor.id})
        ${newestFirst} LIMIT ${PAGE_SIZE}`;
    },
    async create(session) {
      const [row] = await sql`INSERT INTO sessions ${sql(newSession(session), CREATED)} RETURNING ${columns}`;
      return row;
    },
    update: (tenant, id, change) => update(sql, tenant, id, change),
    async delete(tenant, id) {
      const [row] = await sql`UPDATE sessions SET deleted_at = now(), updated_at = now()
        WHERE id = ${id} AND tenant = ${tenant} AND deleted_at IS NULL RETURNING ${columns}`;
      return row;
    },
    async purge(tenant, id) {
      return (await sql`DELETE FROM sessions WHERE id = ${id} AND tenant = ${tenant} RETURNING ${columns}`)[0];
    },
    bulkCreate: (sessions) => sql`INSERT INTO sessions ${sql(sessions.map(newSession), CREATED)} RETURNING ${columns}`,
    batchUpdate: async (tenant, ids, { name, requested_slots }) =>
      (
        await sql`UPDATE sessions SET name = ${name}, requested_slots = ${sql.json(requested_slots)}, updated_at = now()
          WHERE id = ANY(${ids}) AND tenant = ${tenant} AND deleted_at IS NULL`
      ).count,
    batchPurge: async (tenant, ids) =>
      (await sql`DELETE FROM sessions WHERE id = ANY(${ids}) AND tenant = ${tenant}`).count,
    async upsert(session) {
      const [row] = await sql`INSERT INTO sessions ${sql(session, CREATED)} ON CONFLICT (id) DO UPDATE SET
        name = EXCLUDED.name, status = EXCLUDED.status, access_key = EXCLUDED.access_key,
        requested_slots = EXCLUDED.requested_slots, updated_at = now() RETURNING ${columns}`;
      return row;
    },
    unitOfWork: ({ tenant, id, name }) =>
      sql.begin(async (transaction) => {
        const { status, created_at } = await get(transaction, tenant, id);
        const newest = await search(transaction, { tenant, status, since: created_at }, 5);
        const { requested_slots } = await get(transaction, tenant, newest.at(-1).id);
        return update(transaction, tenant, id, { name, requested_slots });
      }),
    close: () => sql.end(),
  };
}
