import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Database, type DbReadSession, entityOperations, newId } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { type Scope, searchScope } from '@holdfast/querier';
import { BackoffStrategy, MetricPolicy, Resilience, RetryPolicy } from '@holdfast/resilience';
import {
  createTestDatabase,
  type FaultProxy,
  startFaultProxy,
  type TestDatabase,
  testServerUrl,
} from '@holdfast/testing';
import { Registry } from 'prom-client';
import { EntitySchema } from 'typeorm';

type SessionRow = { id: string; owner: string; name: string };
const SessionRow = new EntitySchema<SessionRow>({
  name: 'Session',
  columns: { id: { type: 'uuid', primary: true }, owner: { type: 'text' }, name: { type: 'text' } },
});

class SessionNotFound extends EntityNotFound {
  constructor() {
    super('session', 'No such session.');
  }
}

const sessions = entityOperations<SessionRow, SessionRow, string>({
  entity: SessionRow,
  toData: (row) => row,
  notFound: () => new SessionNotFound(),
  alreadyExists: () => new EntityAlreadyExists('session'),
});

const sessionRepositoryResilience = new Resilience({
  policies: [
    new MetricPolicy({ domain: 'repository', layer: 'session_repository' }),
    new RetryPolicy({
      maxRetries: 10,
      retryDelayMs: 100,
      backoffStrategy: BackoffStrategy.FIXED,
      jitter: 'none',
      nonRetryableExceptions: [SessionNotFound],
    }),
  ],
});

class SessionDbSource {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @sessionRepositoryResilience.apply()
  getSessionById(scope: Scope<SessionRow>, id: string): Promise<SessionRow> {
    return this.#database.beginReadonlySession((dbSession) => this.#fetchSession(dbSession, scope, id));
  }

  #fetchSession(dbSession: DbReadSession, scope: Scope<SessionRow>, id: string): Promise<SessionRow> {
    return dbSession.execute(sessions.get(scope, id));
  }
}

const mine = searchScope<SessionRow>({ name: 'owner', equals: { owner: 'ada' } });
let proxy: FaultProxy;
let test: TestDatabase;
let dbSource: SessionDbSource;
let id: string;
beforeAll(async () => {
  const server = await testServerUrl();
  const { hostname: host, port } = new URL(server);
  proxy = await startFaultProxy({ host, port: Number(port || 5432) });
  test = await createTestDatabase({ entities: [SessionRow], through: { url: proxy.through(server) } });
  dbSource = new SessionDbSource(test.database);
  ({ id } = await test.database.execute(sessions.create(mine, { values: { id: newId(), name: 'training' } })));
});
afterAll(async () => {
  await test.close();
  await proxy.close();
});

let register: Registry;
let observer: PrometheusObserver;
beforeEach(() => {
  register = new Registry();
  observer = new PrometheusObserver({ register });
});
afterEach(async () => {
  observer.stop();
  await proxy.heal();
});

/** What the page says of the layer, but for zeros, sums and buckets, in the words of the documents. */
async function page(): Promise<readonly string[]> {
  const labels = 'domain="repository",layer="session_repository",operation="get_session_by_id"';
  return (await register.metrics())
    .split('\n')
    .filter((line) => line.includes(labels) && !/_bucket|_sum| 0$/.test(line))
    .map((line) => line.replace(labels, '…'));
}

it('a read whose connection is lost is made again, and Prometheus sees one operation that succeeded after one retry', async () => {
  const landing = proxy.next({ fault: 'cutBefore', at: { sql: /FROM "session"/ } });

  expect(await dbSource.getSessionById(mine, id)).toMatchObject({ id, name: 'training' });

  await landing;
  expect(sessionRepositoryResilience.describe()).toBe('metrics(retry(call))');
  expect(await page()).toEqual([
    'backendai_layer_operation_count{…,success="true"} 1',
    'backendai_layer_retry_count{…} 1',
    'backendai_layer_operation_duration_sec_count{…} 1',
  ]);
});

it('an error of the domain is not retried, and Prometheus sees one operation that failed, with its code', async () => {
  await expect(dbSource.getSessionById(mine, newId())).rejects.toBeInstanceOf(SessionNotFound);

  expect(await page()).toEqual([
    'backendai_layer_operation_count{…,success="false"} 1',
    'backendai_layer_operation_error_count{…,error_code="session_read_not-found"} 1',
    'backendai_layer_operation_duration_sec_count{…} 1',
  ]);
});
