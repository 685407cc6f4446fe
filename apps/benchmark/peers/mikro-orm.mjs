// Each call has an entity manager of its own, as each request of an application has one. Entities are read through it;
// what changes one row in one statement goes through the query builder, as a flush of the unit of work would be three.
import { randomUUID } from 'node:crypto';
import { EntitySchema, MikroORM, raw } from '@mikro-orm/postgresql';
import { PAGE_SIZE } from '../dist/session-table.js';
import { sessionRow } from './session-row.mjs';
import { versionOf } from './version-of.mjs';

export const version = versionOf('@mikro-orm/postgresql');

class Session {}

const time = { type: 'Date', columnType: 'timestamptz' };
const schema = new EntitySchema({
  class: Session,
  tableName: 'sessions',
  properties: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    name: { type: 'text' },
    status: { type: 'text' },
    access_key: { type: 'text', fieldName: 'access_key' },
    requested_slots: { type: 'json', fieldName: 'requested_slots' },
    created_at: { ...time, fieldName: 'created_at', defaultRaw: 'now()' },
    updated_at: { ...time, fieldName: 'updated_at', defaultRaw: 'now()' },
    deleted_at: { ...time, fieldName: 'deleted_at', nullable: true },
  },
});

const orderBy = { created_at: 'desc', id: 'desc' };
const now = () => raw('now()');
const listed = ({ tenant, status, since }) => ({ tenant, status, created_at: { $gte: since }, deleted_at: null });
const newSession = (session) => ({ ...session, id: randomUUID() });

export async function open(url, connections) {
  const orm = await MikroORM.init({
    entities: [schema],
    clientUrl: url,
    pool: { min: 0, max: connections, idleTimeoutMillis: 2 ** 31 - 1 },
    discovery: { disableDynamicFileAccess: true },
  });
  const fork = () => orm.em.fork();

  const updateOne = (where, data) => fork().qb(Session).update(data).where(where).returning('*').execute('get');

  return {
    get: async (tenant, id) => sessionRow(await fork().findOneOrFail(Session, { id, tenant, deleted_at: null })),
    search: async (listing) =>
      (await fork().find(Session, listed(listing), { orderBy, limit: PAGE_SIZE })).map(sessionRow),
    async searchTotal(listing) {
      const [found, total] = await fork().findAndCount(Session, listed(listing), { orderBy, limit: PAGE_SIZE });
      return { rows: found.map(sessionRow), total };
    },
    cursorAt: async (listing, position) =>
      sessionRow(await fork().findOneOrFail(Session, listed(listing), { orderBy, offset: position - 1 })),
    async cursorPage(listing, after) {
      const page = { orderBy, first: PAGE_SIZE, includeCount: false, ...(after === null ? {} : { after }) };
      return (await fork().findByCursor(Session, listed(listing), page)).items.map(sessionRow);
    },
    create: (session) => fork().qb(Session).insert(newSession(session)).returning('*').execute('get'),
    update: (tenant, id, change) => updateOne({ id, tenant, deleted_at: null }, { ...change, updated_at: now() }),
    delete: (tenant, id) => updateOne({ id, tenant, deleted_at: null }, { deleted_at: now(), updated_at: now() }),
    async purge(tenant, id) {
      const em = fork();
      const [row] = await em.execute('DELETE FROM sessions WHERE id = ? AND tenant = ? RETURNING *', [id, tenant]);
      return sessionRow(em.map(Session, row)); // its query builder returns nothing of what it deletes
    },
    bulkCreate: (sessions) => fork().qb(Session).insert(sessions.map(newSession)).returning('*').execute('all'),
    batchUpdate: (tenant, ids, change) =>
      fork().nativeUpdate(Session, { id: ids, tenant, deleted_at: null }, { ...change, updated_at: now() }),
    batchPurge: (tenant, ids) => fork().nativeDelete(Session, { id: ids, tenant }),
    upsert: async (session) => sessionRow(await fork().upsert(Session, { ...session, updated_at: new Date() })),
    unitOfWork: ({ tenant, id, name }) =>
      fork().transactional(async (em) => {
        const first = await em.findOneOrFail(Session, { id, tenant, deleted_at: null });
        const { status, created_at } = first;
        const newest = await em.find(Session, listed({ tenant, status, since: created_at }), { orderBy, limit: 5 });
        const other = await em.findOneOrFail(Session, { id: newest.at(-1).id, tenant, deleted_at: null });
        Object.assign(first, { name, requested_slots: other.requested_slots, updated_at: new Date() });
        await em.flush();
        return sessionRow(first);
      }),
    close: () => orm.close(),
  };
}
