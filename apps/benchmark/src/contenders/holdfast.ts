import { Database, entityOperations, type Executor, guardedPool } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import {
  batchQuerier,
  type BatchQuerier,
  type Jsonb,
  order,
  type Page,
  type Scope,
  searchScope,
  where,
} from '@holdfast/querier';
import { repositoryResilience, sourceResilience } from '@holdfast/resilience';
import { Registry } from 'prom-client';
import { DataSource, EntitySchema } from 'typeorm';
import type { OpenContender } from '../contender.js';
import { type NewSession, PAGE_SIZE, type SessionRow } from '../session-table.js';

type Row = Omit<SessionRow, 'requested_slots'> & { readonly requested_slots: Jsonb<Readonly<Record<string, string>>> };

const Row = new EntitySchema<Row>({
  name: 'Session',
  tableName: 'sessions',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    name: { type: 'text' },
    status: { type: 'text' },
    access_key: { type: 'text' },
    requested_slots: { type: 'jsonb' },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
    deleted_at: { type: 'timestamptz', deleteDate: true, nullable: true },
  },
});

const sessions = entityOperations<Row, SessionRow, string>({
  entity: Row,
  toData: ({ id, tenant, name, status, access_key, requested_slots, created_at, updated_at, deleted_at }) => ({
    id,
    tenant,
    name,
    status,
    access_key,
    requested_slots,
    created_at,
    updated_at,
    deleted_at,
  }),
  notFound: (id) => new EntityNotFound('session', `There is no session ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('session'),
  softDelete: 'deleted_at',
});

const sourceStack = sourceResilience('session_db_source');
const repositoryStack = repositoryResilience('session_repository');

// A source and a repository as every domain package has them: two layers, each measured, the outer one retrying.

class SessionDbSource {
  readonly #executor: Executor;

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  @sourceStack.apply()
  get(scope: Scope<Row>, id: string): Promise<SessionRow> {
    return this.#executor.execute(sessions.get(scope, id));
  }

  @sourceStack.apply()
  search(scope: Scope<Row>, querier: BatchQuerier<Row>): Promise<Page<SessionRow>> {
    return this.#executor.execute(sessions.search(scope, querier));
  }

  @sourceStack.apply()
  create(scope: Scope<Row>, values: NewSession): Promise<SessionRow> {
    return this.#executor.execute(sessions.create(scope, { values }));
  }
}

class SessionRepository {
  readonly #dbSource: SessionDbSource;

  constructor(dbSource: SessionDbSource) {
    this.#dbSource = dbSource;
  }

  @repositoryStack.apply()
  get(scope: Scope<Row>, id: string): Promise<SessionRow> {
    return this.#dbSource.get(scope, id);
  }

  @repositoryStack.apply()
  search(scope: Scope<Row>, querier: BatchQuerier<Row>): Promise<Page<SessionRow>> {
    return this.#dbSource.search(scope, querier);
  }

  @repositoryStack.apply()
  create(scope: Scope<Row>, values: NewSession): Promise<SessionRow> {
    return this.#dbSource.create(scope, values);
  }
}

const scopeOf = (tenant: string): Scope<Row> => searchScope<Row>({ name: 'tenant', equals: { tenant } });
const newestFirst = [order<Row>('created_at', { ascending: false }), order<Row>('id', { ascending: false })];

/** Ours: scope, metrics observed by prom-client, retry, frozen data. */
export const openHoldfast: OpenContender = async (url, connections) => {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: [Row],
    ...guardedPool({ max: connections, idleTimeoutMillis: 0 }),
  }).initialize();
  const observer = new PrometheusObserver({ register: new Registry() });
  const repository = new SessionRepository(new SessionDbSource(new Database(dataSource)));
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
    async close() {
      observer.stop();
      await dataSource.destroy();
    },
  };
};
