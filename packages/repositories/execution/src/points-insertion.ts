import { type StatementWrite, writeSpec } from '@holdfast/base';
import { columnType, encodeList } from '@holdfast/querier';
import { timeOf } from './epoch-microseconds.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import { MetricHistogramRow } from './metric-histogram-row.js';
import { MetricPointRow } from './metric-point-row.js';
import type { PointLists } from './point-lists.js';

const uuid = columnType('uuid');

/** Stores values of metrics, but for those that are there; returns how many are new. */
export function pointsInsertion(ids: readonly ExecutionMetricId[], points: PointLists): StatementWrite<number> {
  return writeSpec('record', (catalog) => {
    const mapping = catalog.mappingOf(MetricPointRow);
    // In the order of the key, so that writers of the same points wait for each other and not in a circle.
    const sql = `
      INSERT INTO ${mapping.table} (metric_id, recorded_at, step, value)
      SELECT ($1::uuid[])[p.metric], ${timeOf('p.at')}, p.step, p.value
      FROM unnest($2::int4[], $3::int8[], $4::int8[], $5::float8[]) p (metric, at, step, value)
      ORDER BY 1, 2, 3, 4
      ON CONFLICT DO NOTHING`;
    return {
      statement: mapping.returningNothing(sql),
      values: [encodeList(uuid, ids, ''), ...points.columns],
      finish: ({ affected }) => affected,
    };
  });
}

/** The same for histograms. */
export function histogramsInsertion(ids: readonly ExecutionMetricId[], points: PointLists): StatementWrite<number> {
  return writeSpec('record', (catalog) => {
    const mapping = catalog.mappingOf(MetricHistogramRow);
    const sql = `
      INSERT INTO ${mapping.table} (metric_id, recorded_at, step, sum, counts, min, max)
      SELECT ($1::uuid[])[p.metric], ${timeOf('p.at')}, p.step, p.sum, p.counts::int8[], p.min, p.max
      FROM unnest($2::int4[], $3::int8[], $4::int8[], $5::float8[], $6::text[], $7::float8[], $8::float8[])
        p (metric, at, step, sum, counts, min, max)
      ORDER BY 1, 2, 3, 5, 4
      ON CONFLICT DO NOTHING`;
    return {
      statement: mapping.returningNothing(sql),
      values: [encodeList(uuid, ids, ''), ...points.columns, ...points.histogramColumns],
      finish: ({ affected }) => affected,
    };
  });
}
