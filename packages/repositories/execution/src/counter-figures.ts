import type { ReadSpec } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import type { CounterFigures } from './metric-figures.js';
import type { MetricRange } from './metric-range.js';
import { answer, rangeQuery } from './range-query.js';

// What is not finite has no difference to anything.
const finite = `p.value < 'Infinity'`;
const inOrder = 'recorded_at, step, value';

/** How much counters grew, by metric and bucket; NaN and infinities are passed over. */
export function counterFigures(
  scope: Scope<ExecutionMetricRow>,
  asked: MetricRange,
): ReadSpec<readonly CounterFigures[]> {
  return rangeQuery(scope, asked, {
    name: 'getIncrease',
    types: ['counter'],
    columns: [answer('increase', 'double precision')],
    query: ({ from, to, bucketOf, points }) => `
      SELECT ${bucketOf('recorded_at')} AS at, sum(CASE WHEN value >= before THEN value - before ELSE value END)
      FROM (
        SELECT recorded_at, value, lag(value) OVER (ORDER BY ${inOrder}) AS before
        FROM (
          (SELECT ${inOrder} FROM ${points} p
           WHERE p.metric_id = m.id AND p.recorded_at < ${from} AND ${finite}
           ORDER BY recorded_at DESC, step DESC, value DESC LIMIT 1)
          UNION ALL
          SELECT ${inOrder} FROM ${points} p
          WHERE p.metric_id = m.id AND p.recorded_at >= ${from} AND p.recorded_at < ${to} AND ${finite}
        ) points
      ) steps
      WHERE recorded_at >= ${from} AND before IS NOT NULL
      GROUP BY 1`,
    toFigures: ({ metricId, at, increase }: CounterFigures, { bucketUs }) => ({
      metricId,
      at,
      increase,
      rate: increase / (Number(bucketUs) / 1e6),
    }),
  });
}
