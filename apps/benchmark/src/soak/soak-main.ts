// The process of `npm run soak`: callers at full speed, and a look at itself whenever it is asked. Needs `--expose-gc`.
import { getHeapCodeStatistics, getHeapStatistics } from 'node:v8';
import { Database, guardedPool } from '@holdfast/base';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { CursorCodec } from '@holdfast/querier';
import type pg from 'pg';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { answerParent } from '../answer-parent.js';
import { type ActionName, ACTIONS, Caller } from './caller.js';
import { connectionStates } from './connection-states.js';
import { cutNewest } from './cut-newest.js';
import { ItemDbSource } from './item-db-source.js';
import { ItemRow } from './item-operations.js';
import { ItemRepository } from './item-repository.js';
import { random } from './random.js';
import { CALLERS, CONNECTIONS } from './soak-load.js';
import type { SoakQuestion, SoakSample } from './soak-sample.js';
import { Tally } from './tally.js';

const [, url, seed, cutMs] = process.argv.slice(2) as [string, string, string, string];
const dataSource = await new DataSource({
  type: 'postgres',
  url,
  entities: [ItemRow],
  ...guardedPool({ max: CONNECTIONS, idleTimeoutMillis: 0 }),
}).initialize();
const pool = (dataSource.driver as unknown as { readonly master: pg.Pool }).master;
const cursors = new CursorCodec({ keys: ['what cursors of the benchmark are signed with'] });
const database = new Database(dataSource, { cursors, tellOperations: true, slowOperationMs: 1_000 });
const register = new Registry();
const observer = new PrometheusObserver({ register, databases: { items: database } });
const repository = new ItemRepository(new ItemDbSource(database));

const drawn = Object.entries(ACTIONS).flatMap(([name, weight]) =>
  Array.from({ length: weight }, () => name as ActionName),
);
const callers = Array.from({ length: CALLERS }, (_, i) => {
  const next = random(Number(seed) * 1_000 + i * 7 + 1);
  return { caller: new Caller(repository, next), draw: () => drawn[next(drawn.length)]! };
});
let isWorking = false;
cutNewest(pool, Number(cutMs), () => isWorking);
const actions = new Tally();
const errors = new Tally();

async function work({ caller, draw }: (typeof callers)[number], end: number): Promise<void> {
  while (performance.now() < end) {
    const action = draw();
    try {
      await caller[action]();
    } catch (error) {
      errors.add(error instanceof Error ? error.name : String(error));
    }
    actions.add(action);
  }
}

/** What a counter says in all. */
async function counted(name: string): Promise<number> {
  const metric = await register.getSingleMetric(name)!.get();
  return metric.values.reduce((sum, { value }) => sum + value, 0);
}

async function answer({ ms }: SoakQuestion): Promise<SoakSample> {
  const cpu = process.cpuUsage();
  const end = performance.now() + ms;
  isWorking = true;
  await Promise.all(callers.map((one) => work(one, end)));
  isWorking = false;
  const { user, system } = process.cpuUsage(cpu);
  const connections = await connectionStates(pool, CONNECTIONS);
  const metricsBytes = (await register.metrics()).length;
  gc!();
  // What waits for a turn of the event loop to be let go.
  await new Promise((resolve) => setTimeout(resolve, 50));
  gc!();
  const { used_heap_size: heapBytes, external_memory: externalBytes } = getHeapStatistics();
  const { code_and_metadata_size: code, bytecode_and_metadata_size: bytecode } = getHeapCodeStatistics();
  const resources = new Tally();
  for (const kind of process.getActiveResourcesInfo()) resources.add(kind);
  return {
    heapBytes,
    externalBytes,
    codeBytes: code + bytecode,
    residentBytes: process.memoryUsage.rss(),
    resources: resources.take(),
    pool: database.poolFigures(),
    connections,
    metricsBytes,
    actions: actions.take(),
    errors: errors.take(),
    retries: await counted('backendai_layer_retry_count'),
    replays: await counted('backendai_database_replay_count'),
    cpuMicros: user + system,
  };
}

answerParent(answer, async () => {
  observer.stop();
  await dataSource.destroy();
});
