import type { ReadSpec } from '@holdfast/base';
import { columnType, type Scope } from '@holdfast/querier';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import { fractionsOf } from './fractions.js';
import type { MetricFigures } from './metric-figures.js';
import type { MetricRange } from './metric-range.js';
import { answer, rangeQuery } from './range-query.js';

/** What `aggregate` is asked. */
export interface AggregateQuery extends MetricRange {
  /** Fractions, e.g. 0.99; at most 20. Default: none. */
  readonly percentiles?: readonly number[];
}

const float = columnType('float8');
const latestFirst = 'ORDER BY p.recorded_at DESC, p.step DESC, p.value DESC';

/** Figures of the values of counters and gauges, by metric and bucket. */
export function valueFigures(
  scope: Scope<ExecutionMetricRow>,
  asked: AggregateQuery,
): ReadSpec<readonly MetricFigures[]> {
  const fractions = fractionsOf(asked.percentiles);
  return rangeQuery(scope, asked, {
    name: 'aggregate',
    types: ['counter', 'gauge'],
    columns: [
      answer('count', 'double precision'),
      ...['sum', 'min', 'max', 'avg', 'last'].map((name) => answer(name, 'double precision')),
      answer('percentiles', 'double precision', true),
    ],
    query: ({ from, to, bucketOf, writer, points }) => `
      SELECT ${bucketOf('p.recorded_at')} AS at, count(*)::float8, sum(p.value), min(p.value), max(p.value),
             avg(p.value), (array_agg(p.value ${latestFirst}))[1],
             percentile_cont(${writer.list(float, fractions, '/percentiles')}) WITHIN GROUP (ORDER BY p.value)
      FROM ${points} p
      WHERE p.metric_id = m.id AND p.recorded_at >= ${from} AND p.recorded_at < ${to}
      GROUP BY 1`,
    toFigures: ({ metricId, at, count, sum, min, max, avg, last, percentiles }: MetricFigures) => ({
      metricId,
      at,
      count,
      sum,
      min,
      max,
      avg,
      last,
      percentiles: Object.freeze(percentiles ?? []),
    }),
  });
}
