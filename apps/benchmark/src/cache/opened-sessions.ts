import { Database, guardedPool } from '@holdfast/base';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { type Scope, searchScope } from '@holdfast/querier';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { openPg } from '../contenders/pg.js';
import { SessionDbSource } from '../contenders/session-db-source.js';
import { Row } from '../contenders/session-operations.js';
import { SessionRepository } from '../contenders/session-repository.js';
import type { CacheContender } from './cache-contenders.js';
import type { Load } from './cache-way.js';

export interface OpenedSessions {
  readonly load: Load;
  close(): Promise<void>;
}

/** What stands behind the cache of a contender: our repository behind ours, statements by hand behind all others. */
export async function openedSessions(
  { library, observed }: CacheContender,
  url: string,
  connections: number,
): Promise<OpenedSessions> {
  if (library !== 'holdfast') {
    const pg = await openPg(url, connections);
    return { load: (tenant, id) => pg.get!(tenant, id), close: () => pg.close() };
  }
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: [Row],
    ...guardedPool({ max: connections, idleTimeoutMillis: 0 }),
  }).initialize();
  const observer = observed === true ? new PrometheusObserver({ register: new Registry() }) : null;
  const sessions = new SessionRepository(new SessionDbSource(new Database(dataSource)));
  const scopeOf = (tenant: string): Scope<Row> => searchScope<Row>({ name: 'tenant', equals: { tenant } });
  return {
    load: (tenant, id) => sessions.get(scopeOf(tenant), id),
    async close() {
      observer?.stop();
      await dataSource.destroy();
    },
  };
}
