// Kysely builds a statement for each call, and has no names for statements: PostgreSQL parses and plans each time.
import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { PAGE_SIZE } from '../dist/session-table.js';
import { sessionRow } from './session-row.mjs';
import { versionOf } from './version-of.mjs';

export const version = versionOf('kysely');

const COLUMNS = [
  'id',
  'tenant',
  'name',
  'status',
  'access_key',
  'requested_slots',
  'created_at',
  'updated_at',
  'deleted_at',
];
const now = sql`now()`;
const newSession = (session) => ({ ...session, id: randomUUID() });

const get = (on, tenant, id) =>
  on
    .selectFrom('sessions')
    .select(COLUMNS)
    .where('id', '=', id)
    .where('tenant', '=', tenant)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
const listed = (on, { tenant, status, since }) =>
  on
    .selectFrom('sessions')
    .where('tenant', '=', tenant)
    .where('status', '=', status)
    .where('created_at', '>=', since)
    .where('deleted_at', 'is', null);
const page = (query, limit) => query.select(COLUMNS).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
const update = (on, tenant, id, change) =>
  on
    .updateTable('sessions')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .where('tenant', '=', tenant)
    .where('deleted_at', 'is', null)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();

export async function open(url, connections) {
  const pool = new pg.Pool({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return {
    get: (tenant, id) => get(db, tenant, id),
    search: (listing) => page(listed(db, listing), PAGE_SIZE).execute(),
    async searchTotal(listing) {
      const total = listed(db, listing)
        .select(({ fn }) => fn.countAll().as('n'))
        .as('total');
      const found = await page(listed(db, listing), PAGE_SIZE).select(total).execute();
      return { rows: found.map(sessionRow), total: Number(found[0]?.total ?? 0) };
    },
    cursorAt: (listing, position) =>
      page(listed(db, listing), 1)
        .offset(position - 1)
        .executeTakeFirstOrThrow(),
    cursorPage(listing, cursor) {
      if (cursor === null) return page(listed(db, listing), PAGE_SIZE).execute();
      const after = listed(db, listing).where(({ eb, refTuple, tuple }) =>
        eb(refTuple('created_at', 'id'), '<', tuple(cursor.created_at, cursor.id)),
      );
      return page(after, PAGE_SIZE).execute();
    },
    create: (session) =>
      db.insertInto('sessions').values(newSession(session)).returning(COLUMNS).executeTakeFirstOrThrow(),
    update: (tenant, id, change) => update(db, tenant, id, change),
    delete: (tenant, id) => update(db, tenant, id, { deleted_at: now }),
    purge: (tenant, id) =>
      db
        .deleteFrom('sessions')
        .where('id', '=', id)
        .where('tenant', '=', tenant)
        .returning(COLUMNS)
        .executeTakeFirstOrThrow(),
    bulkCreate: (sessions) => db.insertInto('sessions').values(sessions.map(newSession)).returning(COLUMNS).execute(),
    async batchUpdate(tenant, ids, change) {
      const { numUpdatedRows } = await db
        .updateTable('sessions')
        .set({ ...change, updated_at: now })
        .where('id', '=', ({ fn, val }) => fn.any(val(ids)))
        .where('tenant', '=', tenant)
        .where('deleted_at', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
    async batchPurge(tenant, ids) {
      const { numDeletedRows } = await db
        .deleteFrom('sessions')
        .where('id', '=', ({ fn, val }) => fn.any(val(ids)))
        .where('tenant', '=', tenant)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
    upsert: (session) =>
      db
        .insertInto('sessions')
        .values(session)
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet(({ ref }) => ({
            name: ref('excluded.name'),
            status: ref('excluded.status'),
            access_key: ref('excluded.access_key'),
            requested_slots: ref('excluded.requested_slots'),
            updated_at: now,
          })),
        )
        .returning(COLUMNS)
        .executeTakeFirstOrThrow(),
    unitOfWork: ({ tenant, id, name }) =>
      db.transaction().execute(async (transaction) => {
        const { status, created_at } = await get(transaction, tenant, id);
        const newest = await page(listed(transaction, { tenant, status, since: created_at }), 5).execute();
        const { requested_slots } = await get(transaction, tenant, newest.at(-1).id);
        return update(transaction, tenant, id, { name, requested_slots });
      }),
    close: () => db.destroy(),
  };
}
