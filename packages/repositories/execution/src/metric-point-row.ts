import { EntitySchema } from 'typeorm';
import type { ExecutionMetricId } from './execution-metric-id.js';

/** A row of the table `execution_metric_points`: a value of a counter or a gauge. */
export interface MetricPointRow {
  metricId: ExecutionMetricId;
  recordedAt: Date;
  step: string;
  value: number;
}

const key = { primary: true, primaryKeyConstraintName: 'execution_metric_points_pkey' };

// The key is all of a point: what is recorded again is there already, and an index alone answers what is asked.
export const MetricPointRow = new EntitySchema<MetricPointRow>({
  name: 'ExecutionMetricPoint',
  tableName: 'execution_metric_points',
  columns: {
    metricId: { name: 'metric_id', type: 'uuid', ...key },
    recordedAt: { name: 'recorded_at', type: 'timestamp with time zone', ...key },
    step: { type: 'bigint', ...key },
    value: { type: 'double precision', ...key },
  },
  foreignKeys: [
    {
      name: 'execution_metric_points_metric_fkey',
      target: 'ExecutionMetric',
      columnNames: ['metricId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
