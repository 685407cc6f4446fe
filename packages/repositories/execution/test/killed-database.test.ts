import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, guardedPool } from '@holdfast/base';
import { DataSource } from 'typeorm';
import { executionEntities } from '../src/entities.js';
import { type ExecutionMetricRepository, ExecutionRepositories, MetricRecorder } from '../src/index.js';
import { executionMigrations } from '../src/migrations/index.js';
import { metricsOfAlice } from './fixture/executions.js';
import { KillableServer } from './fixture/killable-server.js';

const KILLS = 2;
const begin = Date.UTC(2026, 0, 1);

describe('recording while the database is killed and comes back', () => {
  let server: KillableServer;
  let dataSource: DataSource;
  let database: Database;
  let metrics: ExecutionMetricRepository;

  beforeAll(async () => {
    server = await KillableServer.start();
    const entities = [...executionEntities];
    dataSource = new DataSource({ type: 'postgres', url: server.url, entities, ...guardedPool({ max: 4 }) });
    database = new Database(await dataSource.initialize());
    await database.migrate(executionMigrations);
    metrics = ExecutionRepositories.create({ database }).metricRepository;
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await dataSource.destroy();
    await server.stop();
  });

  const stored = async (name: string): Promise<number[]> => {
    const rows: { value: number }[] = await dataSource.query(
      'SELECT value FROM execution_metric_points p JOIN execution_metrics m ON m.id = metric_id WHERE name = $1 ORDER BY 1',
      [name],
    );
    return rows.map(({ value }) => value);
  };
  const point = (value: number) => ({ at: new Date(begin + value), value });

  it('loses no point that was acknowledged, and doubles none', async () => {
    let acknowledged = 0;
    let isOver = false;
    // Each batch is tried until it is acknowledged, as whoever wants it stored does.
    const writing = (async () => {
      for (let batch = 0; !isOver;) {
        const points = Array.from({ length: 50 }, (_, i) => point(batch * 50 + i));
        try {
          await metrics.record(metricsOfAlice, [{ name: 'direct', type: 'gauge', points }]);
          acknowledged = ++batch * 50;
        } catch {
          // Its outcome is not known, or it was not stored: the same again.
        }
      }
    })();
    for (let kill = 0; kill < KILLS; kill++) {
      const before = acknowledged;
      while (acknowledged < before + 200) await new Promise(setImmediate);
      await server.kill();
      await server.startAgain();
    }
    const before = acknowledged;
    while (acknowledged === before) await new Promise(setImmediate);
    isOver = true;
    await writing;

    expect(await stored('direct')).toEqual(Array.from({ length: acknowledged }, (_, i) => i));
  }, 120_000);

  it('keeps what a recorder has taken until the database is back', async () => {
    const recorder = new MetricRecorder({
      repository: metrics,
      scope: metricsOfAlice,
      batchSize: 10,
      retryDelayMs: 20,
    });
    for (let i = 0; i < 100; i++) await recorder.record({ name: 'recorded', type: 'gauge', points: [point(i)] });
    await server.kill();
    for (let i = 100; i < 200; i++) await recorder.record({ name: 'recorded', type: 'gauge', points: [point(i)] });
    await server.startAgain();

    expect(await recorder.close()).toBe(0);

    expect(await stored('recorded')).toEqual(Array.from({ length: 200 }, (_, i) => i));
  }, 120_000);
});
