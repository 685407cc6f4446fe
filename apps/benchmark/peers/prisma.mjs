// Prisma's client with its adapter for pg; `install.mjs` generates it. Statements have no names: the adapter's option for
// them changed neither CPU time nor operations per second.
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PAGE_SIZE } from '../dist/session-table.js';
import { PrismaClient } from './dist/prisma/client.js';
import { versionOf } from './version-of.mjs';

export const version = versionOf('prisma');

const newestFirst = [{ created_at: 'desc' }, { id: 'desc' }];
const listed = ({ tenant, status, since }) => ({ tenant, status, created_at: { gte: since }, deleted_at: null });
const newSession = (session) => ({ ...session, id: randomUUID() });

const get = (on, tenant, id) => on.session.findUniqueOrThrow({ where: { id, tenant, deleted_at: null } });
const search = (on, listing, take) => on.session.findMany({ where: listed(listing), orderBy: newestFirst, take });
const update = (on, tenant, id, change) =>
  on.session.update({ where: { id, tenant, deleted_at: null }, data: { ...change, updated_at: new Date() } });

export async function open(url, connections) {
  const adapter = new PrismaPg({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  const prisma = new PrismaClient({ adapter });
  await prisma.$connect();
  return {
    get: (tenant, id) => get(prisma, tenant, id),
    search: (listing) => search(prisma, listing, PAGE_SIZE),
    async searchTotal(listing) {
      const [rows, total] = await Promise.all([
        search(prisma, listing, PAGE_SIZE),
        prisma.session.count({ where: listed(listing) }),
      ]);
      return { rows, total };
    },
    cursorAt: (listing, position) =>
      prisma.session.findFirstOrThrow({ where: listed(listing), orderBy: newestFirst, skip: position - 1 }),
    cursorPage(listing, cursor) {
      if (cursor === null) return search(prisma, listing, PAGE_SIZE);
      // Its option `cursor` reads all that is before the page.
      const { created_at, id } = cursor;
      const after = [{ created_at: { lt: created_at } }, { id: { lt: id } }];
      const where = { ...listed(listing), AND: [{ created_at: { lte: created_at } }, { OR: after }] };
      return prisma.session.findMany({ where, orderBy: newestFirst, take: PAGE_SIZE });
    },
    create: (session) => prisma.session.create({ data: newSession(session) }),
    update: (tenant, id, change) => update(prisma, tenant, id, change),
    delete: (tenant, id) => update(prisma, tenant, id, { deleted_at: new Date() }),
    purge: (tenant, id) => prisma.session.delete({ where: { id, tenant } }),
    bulkCreate: (sessions) => prisma.session.createManyAndReturn({ data: sessions.map(newSession) }),
    batchUpdate: async (tenant, ids, change) =>
      (
        await prisma.session.updateMany({
          where: { id: { in: ids }, tenant, deleted_at: null },
          data: { ...change, updated_at: new Date() },
        })
      ).count,
    batchPurge: async (tenant, ids) => (await prisma.session.deleteMany({ where: { id: { in: ids }, tenant } })).count,
    upsert(session) {
      const { id, name, status, access_key, requested_slots } = session;
      const values = { name, status, access_key, requested_slots };
      return prisma.session.upsert({ where: { id }, create: session, update: { ...values, updated_at: new Date() } });
    },
    unitOfWork: ({ tenant, id, name }) =>
      prisma.$transaction(async (transaction) => {
        const { status, created_at } = await get(transaction, tenant, id);
        const newest = await search(transaction, { tenant, status, since: created_at }, 5);
        const { requested_slots } = await get(transaction, tenant, newest.at(-1).id);
        return update(transaction, tenant, id, { name, requested_slots });
      }),
    close: () => prisma.$disconnect(),
  };
}
