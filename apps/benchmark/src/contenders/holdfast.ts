import { Database, guardedPool, type WriteOptions } from '@holdfast/base';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { type Cursor, CursorCodec, type Scope, searchScope } from '@holdfast/querier';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import type { OpenContender } from '../contender.js';
import { PAGE_SIZE } from '../session-table.js';
import { SessionDbSource } from './session-db-source.js';
import { Row } from './session-operations.js';
import { countedPage, newestOf, pageAfter, rowAt } from './session-queriers.js';
import { SessionRepository } from './session-repository.js';

const scopeOf = (tenant: string): Scope<Row> => searchScope<Row>({ name: 'tenant', equals: { tenant } });
const oneTrip: WriteOptions = { commit: 'one-trip' };

/** Ours: scope, two layers with metrics observed for prom-client, retry, frozen data. */
export const openHoldfast: OpenContender = async (url, connections) => {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: [Row],
    ...guardedPool({ max: connections, idleTimeoutMillis: 0 }),
  }).initialize();
  const observer = new PrometheusObserver({ register: new Registry() });
  const cursors = new CursorCodec({ keys: ['a key of the benchmark, at least 32 characters'] });
  const sessions = new SessionRepository(new SessionDbSource(new Database(dataSource, { cursors })));
  return {
    get: (tenant, id) => sessions.get(scopeOf(tenant), id),
    search: async ({ tenant, status, since }) =>
      (await sessions.search(scopeOf(tenant), newestOf(status, since, PAGE_SIZE))).items,
    async searchTotal(listing) {
      const { items, total } = await sessions.search(scopeOf(listing.tenant), countedPage(listing));
      return { rows: items, total: total!.value };
    },
    cursorAt: async (listing, position) =>
      (await sessions.search(scopeOf(listing.tenant), rowAt(listing, position - 1))).endCursor,
    cursorPage: async (listing, cursor) =>
      (await sessions.search(scopeOf(listing.tenant), pageAfter(listing, cursor as Cursor | null))).items,
    create: (session) => sessions.create(scopeOf(session.tenant), session),
    update: (tenant, id, change) => sessions.update(scopeOf(tenant), id, change),
    updateOneTrip: (tenant, id, change) => sessions.update(scopeOf(tenant), id, change, oneTrip),
    delete: (tenant, id) => sessions.delete(scopeOf(tenant), id),
    deleteOneTrip: (tenant, id) => sessions.delete(scopeOf(tenant), id, oneTrip),
    purge: (tenant, id) => sessions.purge(scopeOf(tenant), id),
    bulkCreate: (given) => sessions.bulkCreate(scopeOf(given[0]!.tenant), given),
    batchUpdate: async (tenant, ids, change) => (await sessions.batchUpdate(scopeOf(tenant), ids, change)).count,
    batchPurge: async (tenant, ids) => (await sessions.batchPurge(scopeOf(tenant), ids)).count,
    upsert: async (session) => (await sessions.upsert(scopeOf(session.tenant), session)).data,
    unitOfWork: (unit) => sessions.renameLikeAnother(scopeOf(unit.tenant), unit),
    async close() {
      observer.stop();
      await dataSource.destroy();
    },
  };
};
