import { Database, type EntityOperations, guardedPool } from '@holdfast/base';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { batchQuerier, CursorCodec, order, type Pagination, type Scope, searchScope, where } from '@holdfast/querier';
import { type AsyncFunction, repositoryResilience, sourceResilience } from '@holdfast/resilience';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import type { Row } from '../contenders/session-operations.js';
import { PAGE_SIZE, type SessionRow } from '../session-table.js';
import { newSession } from './new-session.js';
import { scaleOperations } from './scale-operations.js';
import { ScaleRows } from './scale-rows.js';
import { SCALE_SIZES } from './scale-sizes.js';
import { LARGE_TENANT, SMALL_TENANTS } from './scale-table.js';
import type { OpenScaleContender, ScaleTask, Work } from './scale-task.js';

const repositories = repositoryResilience('session_repository');
const sources = sourceResilience('session_db_source');
const newestFirst = [order<Row>('created_at', { ascending: false }), order<Row>('id', { ascending: false })];

type Operations = EntityOperations<Row, SessionRow, string>;

/** Ours: two layers that are measured, the outer retrying; scopes, frozen data. Every call builds all that it says. */
export const openHoldfastScale: OpenScaleContender = async (url, connections) => {
  const sizes = new Map(SCALE_SIZES.map((rows) => [rows, scaleOperations(rows)]));
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: [...sizes.values()].map(({ entity }) => entity),
    ...guardedPool({ max: connections, idleTimeoutMillis: 0 }),
  }).initialize();
  const observer = new PrometheusObserver({ register: new Registry() });
  const cursors = new CursorCodec({ keys: ['what cursors of the benchmark are signed with'] });
  const database = new Database(dataSource, { cursors });
  return {
    prepare: (task) => prepare(database, sizes.get(task.rows)!.operations, task),
    async close() {
      observer.stop();
      await dataSource.destroy();
    },
  };
};

const scopeOf = (tenant: string): Scope<Row> => searchScope<Row>({ name: 'tenant', equals: { tenant } });

function unionOf(count: number): Scope<Row> {
  const [first, ...others] = SMALL_TENANTS.slice(0, count).map((tenant) =>
    searchScope<Row>({ name: 'tenant', equals: { tenant } }),
  );
  return [first!, ...others];
}

async function prepare(database: Database, operations: Operations, task: ScaleTask): Promise<Work> {
  const rows = new ScaleRows(task.rows);
  const get = layered('get', (scope: Scope<Row>, id: string) => database.execute(operations.get(scope, id)));
  const search = layered('search', (scope: Scope<Row>, pagination: Pagination, ids: readonly string[] | null) => {
    const conditions = ids === null ? [] : [where<Row>({ id: { in: ids } })];
    return database.execute(operations.search(scope, batchQuerier({ conditions, orders: newestFirst, pagination })));
  });
  const create = layered('create', (scope: Scope<Row>, values: ReturnType<typeof newSession>) =>
    database.execute(operations.create(scope, { values })),
  );
  switch (task.kind) {
    case 'get': {
      const known = rows.ofAllTenants();
      return (turn) => {
        const { id, tenant } = known[turn % known.length]!;
        return get(scopeOf(tenant), id);
      };
    }
    case 'create':
      return (turn) => {
        const session = newSession(turn);
        return create(scopeOf(session.tenant), session);
      };
    case 'page': {
      const pagination = await placeOf(task);
      return async () => (await search(scopeOf(LARGE_TENANT), pagination, null)).items;
    }
    case 'getInScopes': {
      const known = rows.ofFirstTenant();
      return (turn) => get(unionOf(task.scopes), known[turn % known.length]!.id);
    }
    case 'pageInScopes':
      return async () => (await search(unionOf(task.scopes), { first: PAGE_SIZE }, null)).items;
    case 'among': {
      const ids = rows.idsOfLarge(task.length);
      return async () => (await search(scopeOf(LARGE_TENANT), { first: PAGE_SIZE }, ids)).items;
    }
  }

  async function placeOf({ by, depth }: Extract<ScaleTask, { readonly kind: 'page' }>): Promise<Pagination> {
    if (by === 'offset') return { limit: PAGE_SIZE, offset: depth };
    if (depth === 0) return { first: PAGE_SIZE };
    const before = await search(scopeOf(LARGE_TENANT), { limit: 1, offset: depth - 1 }, null);
    return { first: PAGE_SIZE, after: before.endCursor };
  }
}

/** A method of a repository over that of its source. */
function layered<Method extends AsyncFunction>(name: string, method: Method): Method {
  return repositories.wrap(name, sources.wrap(name, method));
}
