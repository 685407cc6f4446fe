import type { ReadSpec } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import { fractionsOf } from './fractions.js';
import { histogramPercentile } from './histogram-percentile.js';
import type { HistogramFigures } from './metric-figures.js';
import { answer, rangeQuery } from './range-query.js';
import type { AggregateQuery } from './value-figures.js';

type Row = HistogramFigures & { readonly bounds: readonly number[] };

/** Figures of histograms, by metric and bucket: their counts are added up, bound by bound. */
export function histogramFigures(
  scope: Scope<ExecutionMetricRow>,
  asked: AggregateQuery,
): ReadSpec<readonly HistogramFigures[]> {
  const fractions = fractionsOf(asked.percentiles);
  return rangeQuery(scope, asked, {
    name: 'aggregateHistograms',
    types: ['histogram'],
    columns: [
      ...['sum', 'min', 'max'].map((name) => answer(name, 'double precision')),
      answer('counts', 'double precision', true),
      answer('bounds', 'double precision', true),
    ],
    query: ({ from, to, bucketOf, metrics, histograms }) => {
      const points = (columns: string): string => `
        SELECT ${columns} FROM ${histograms} p
        WHERE p.metric_id = m.id AND p.recorded_at >= ${from} AND p.recorded_at < ${to}`;
      return `
        SELECT o.at, o.sum, o.min, o.max, c.counts, (SELECT bounds FROM ${metrics} WHERE id = m.id)
        FROM (${points(`${bucketOf('p.recorded_at')} AS at, sum(p.sum), min(p.min), max(p.max)`)} GROUP BY 1) o
        JOIN (
          SELECT at, array_agg(count ORDER BY place)::float8[] AS counts
          FROM (
            SELECT at, place, sum(count) AS count
            FROM (${points(`${bucketOf('p.recorded_at')} AS at, p.counts`)}) h, unnest(counts) WITH ORDINALITY u (count, place)
            GROUP BY 1, 2
          ) added
          GROUP BY 1
        ) c ON c.at = o.at`;
    },
    toFigures: ({ metricId, at, sum, min, max, counts, bounds }: Row) => ({
      metricId,
      at,
      counts: Object.freeze(counts),
      count: counts.reduce((all, count) => all + count, 0),
      sum,
      min,
      max,
      percentiles: Object.freeze(fractions.map((fraction) => histogramPercentile(bounds, counts, fraction))),
    }),
  });
}
