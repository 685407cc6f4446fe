// Statements with a name, built once: what Drizzle's page on performance recommends. Within a transaction it has to build
// them anew, as a prepared one belongs to the pool; under a name PostgreSQL prepares it once all the same.
import { randomUUID } from 'node:crypto';
import { and, count, desc, eq, gte, isNull, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { PAGE_SIZE } from '../dist/session-table.js';
import { versionOf } from './version-of.mjs';

export const version = versionOf('drizzle-orm');

const sessions = pgTable('sessions', {
  id: uuid().primaryKey(),
  tenant: text().notNull(),
  name: text().notNull(),
  status: text().notNull(),
  access_key: text().notNull(),
  requested_slots: jsonb().notNull(),
  created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updated_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  deleted_at: timestamp({ withTimezone: true }),
});

const given = sql.placeholder;
const now = sql`now()`;
const live = isNull(sessions.deleted_at);
const ofTenant = eq(sessions.tenant, given('tenant'));
const one = and(eq(sessions.id, given('id')), ofTenant);
const these = and(sql`${sessions.id} = ANY(${given('ids')})`, ofTenant);
const listed = and(ofTenant, eq(sessions.status, given('status')), gte(sessions.created_at, given('since')), live);
const afterCursor = sql`(${sessions.created_at}, ${sessions.id}) < (${given('created_at')}, ${given('after')})`;
const newestFirst = [desc(sessions.created_at), desc(sessions.id)];
const change = { name: given('name'), requested_slots: given('requested_slots'), updated_at: now };
const creation = Object.fromEntries(
  ['id', 'tenant', 'name', 'status', 'access_key', 'requested_slots'].map((column) => [column, given(column)]),
);
const fromExcluded = Object.fromEntries(
  ['name', 'status', 'access_key', 'requested_slots'].map((column) => [column, sql.raw(`excluded.${column}`)]),
);

const get = (on) => on.select().from(sessions).where(and(one, live)).prepare('get');
const search = (on) =>
  on
    .select()
    .from(sessions)
    .where(listed)
    .orderBy(...newestFirst)
    .limit(given('limit'))
    .prepare('search');
const update = (on) => on.update(sessions).set(change).where(and(one, live)).returning().prepare('update');

export async function open(url, connections) {
  const pool = new pg.Pool({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  const db = drizzle(pool);

  const prepared = {
    get: get(db),
    search: search(db),
    update: update(db),
    searchTotal: db
      .select({ session: sessions, total: sql`(${db.select({ n: count() }).from(sessions).where(listed)})` })
      .from(sessions)
      .where(listed)
      .orderBy(...newestFirst)
      .limit(given('limit'))
      .prepare('search_total'),
    nth: db
      .select({ created_at: sessions.created_at, after: sessions.id })
      .from(sessions)
      .where(listed)
      .orderBy(...newestFirst)
      .limit(1)
      .offset(given('offset'))
      .prepare('nth'),
    after: db
      .select()
      .from(sessions)
      .where(and(listed, afterCursor))
      .orderBy(...newestFirst)
      .limit(given('limit'))
      .prepare('after'),
    create: db.insert(sessions).values(creation).returning().prepare('create'),
    delete: db
      .update(sessions)
      .set({ deleted_at: now, updated_at: now })
      .where(and(one, live))
      .returning()
      .prepare('delete'),
    purge: db.delete(sessions).where(one).returning().prepare('purge'),
    batchUpdate: db.update(sessions).set(change).where(and(these, live)).prepare('batch_update'),
    batchPurge: db.delete(sessions).where(these).prepare('batch_purge'),
    upsert: db
      .insert(sessions)
      .values(creation)
      .onConflictDoUpdate({ target: sessions.id, set: { ...fromExcluded, updated_at: now } })
      .returning()
      .prepare('upsert'),
  };

  return {
    get: async (tenant, id) => (await prepared.get.execute({ tenant, id }))[0],
    search: (listing) => prepared.search.execute({ ...listing, limit: PAGE_SIZE }),
    async searchTotal(listing) {
      const found = await prepared.searchTotal.execute({ ...listing, limit: PAGE_SIZE });
      return { rows: found.map(({ session }) => session), total: Number(found[0]?.total ?? 0) };
    },
    async cursorAt(listing, position) {
      const [{ created_at, after }] = await prepared.nth.execute({ ...listing, offset: position - 1 });
      return { created_at: created_at.toISOString(), after };
    },
    cursorPage: (listing, cursor) =>
      (cursor === null ? prepared.search : prepared.after).execute({ ...listing, ...cursor, limit: PAGE_SIZE }),
    create: async (session) => (await prepared.create.execute({ ...session, id: randomUUID() }))[0],
    update: async (tenant, id, changes) => (await prepared.update.execute({ tenant, id, ...changes }))[0],
    delete: async (tenant, id) => (await prepared.delete.execute({ tenant, id }))[0],
    purge: async (tenant, id) => (await prepared.purge.execute({ tenant, id }))[0],
    bulkCreate: (created) =>
      db
        .insert(sessions)
        .values(created.map((session) => ({ ...session, id: randomUUID() })))
        .returning(),
    batchUpdate: async (tenant, ids, changes) =>
      (await prepared.batchUpdate.execute({ tenant, ids, ...changes })).rowCount,
    batchPurge: async (tenant, ids) => (await prepared.batchPurge.execute({ tenant, ids })).rowCount,
    upsert: async (session) => (await prepared.upsert.execute(session))[0],
    unitOfWork: ({ tenant, id, name }) =>
      db.transaction(async (transaction) => {
        const [{ status, created_at }] = await get(transaction).execute({ tenant, id });
        const newest = await search(transaction).execute({ tenant, status, since: created_at, limit: 5 });
        const [{ requested_slots }] = await get(transaction).execute({ tenant, id: newest.at(-1).id });
        return (await update(transaction).execute({ tenant, id, name, requested_slots }))[0];
      }),
    close: () => pool.end(),
  };
}
