import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { alice, blue, metricsOfAlice } from './fixture/executions.js';
import { counterFigures } from '../src/counter-figures.js';
import { valueFigures } from '../src/value-figures.js';

const METRICS = 1_000;
/** The documented bound, in pages: see the README. */
const PAGES_PER_METRIC = 12;

let test: ExecutionDatabase;
beforeAll(async () => {
  test = await executionDatabase();
  await test.dataSource.query(`
    INSERT INTO execution_metrics (id, domain_name, user_uuid, name, type, identity)
    SELECT gen_random_uuid(), '${blue}', '${alice}', 'm' || n, 'counter', n FROM generate_series(1, ${METRICS}) n`);
  // A point every quarter of an hour, of three days, as they come.
  await test.dataSource.query(`
    INSERT INTO execution_metric_points (metric_id, recorded_at, step, value)
    SELECT m.id, timestamptz '2026-01-01 00:00Z' + n * interval '15 minutes', 0, n
    FROM generate_series(0, 3 * 96 - 1) n, execution_metrics m`);
  await test.dataSource.query('ANALYZE');
  // While an autovacuum looks at the table, its pages are not yet seen to be visible to all.
  for (let isVisible = false; !isVisible;) {
    await test.dataSource.query('VACUUM execution_metrics, execution_metric_points');
    const [{ visible }] = await test.dataSource.query(
      `SELECT relallvisible = relpages AS visible FROM pg_class WHERE relname = 'execution_metric_points'`,
    );
    isVisible = visible as boolean;
  }
}, 120_000);
afterAll(() => test.close());

describe('a day of 1,000 metrics', () => {
  const day = { from: new Date('2026-01-02'), to: new Date('2026-01-03'), bucketMs: 3_600_000 };

  it.each([
    ['aggregate', valueFigures(metricsOfAlice, { ...day, percentiles: [0.5, 0.99] })],
    ['getIncrease', counterFigures(metricsOfAlice, day)],
  ])('is read by %s in a bounded number of pages', async (_name, spec) => {
    for (const mode of ['custom', 'generic'] as const) {
      const { Plan } = await test.database.explain(spec as never, { analyze: true, buffers: true, mode });

      const pages = (Plan['Shared Hit Blocks'] ?? 0) + (Plan['Shared Read Blocks'] ?? 0);
      expect(Plan['Actual Rows']).toBe(METRICS * 24);
      expect(pages).toBeLessThan(METRICS * PAGES_PER_METRIC);
    }
  });
});
