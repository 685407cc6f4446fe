import { Database, guardedPool } from '@holdfast/base';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { batchQuerier, order, type Scope, searchScope, where } from '@holdfast/querier';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import type { Contender, OpenContender } from '../contender.js';
import { PAGE_SIZE } from '../session-table.js';
import { SessionDbSource } from './session-db-source.js';
import { Row } from './session-operations.js';
import { SessionRepository } from './session-repository.js';

const scopeOf = (tenant: string): Scope<Row> => searchScope<Row>({ name: 'tenant', equals: { tenant } });
const newestFirst = [order<Row>('created_at', { ascending: false }), order<Row>('id', { ascending: false })];

/** Ours: scope, metrics observed by prom-client, retry, frozen data. */
export const openHoldfast: OpenContender = async (url, connections) => {
  const { repository, close } = await openRepository(url, connections);
  return {
    get: (tenant, id) => repository.get(scopeOf(tenant), id),
    async search(tenant, status) {
      const conditions = [where<Row>({ status: { eq: status } })];
      const pagination = { limit: PAGE_SIZE, offset: 0 };
      const page = await repository.search(
        scopeOf(tenant),
        batchQuerier({ conditions, orders: newestFirst, pagination }),
      );
      return page.items;
    },
    create: (session) => repository.create(scopeOf(session.tenant), session),
    update: (tenant, id, change) => repository.update(scopeOf(tenant), id, change),
    close,
  };
};

/** Ours, where nothing makes up for an answer that is lost. */
export const openHoldfastOneTrip: OpenContender = async (url, connections) => {
  const { repository, close } = await openRepository(url, connections);
  return {
    update: (tenant, id, change) => repository.updateInOneTrip(scopeOf(tenant), id, change),
    close,
  };
};

/** Ours, in a dbSession. */
export const openHoldfastTransaction: OpenContender = async (url, connections) => {
  const { repository, close } = await openRepository(url, connections);
  return {
    update: (tenant, id, change) => repository.updateInTransaction(scopeOf(tenant), id, change),
    close,
  };
};

async function openRepository(
  url: string,
  connections: number,
): Promise<Pick<Contender, 'close'> & { readonly repository: SessionRepository }> {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: [Row],
    ...guardedPool({ max: connections, idleTimeoutMillis: 0 }),
  }).initialize();
  const observer = new PrometheusObserver({ register: new Registry() });
  const repository = new SessionRepository(new SessionDbSource(new Database(dataSource)));
  return {
    repository,
    async close() {
      observer.stop();
      await dataSource.destroy();
    },
  };
}
