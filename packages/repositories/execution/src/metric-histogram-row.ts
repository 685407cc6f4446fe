import { EntitySchema } from 'typeorm';
import type { ExecutionMetricId } from './execution-metric-id.js';

/** A row of the table `execution_metric_histograms`: a point of a histogram. */
export interface MetricHistogramRow {
  metricId: ExecutionMetricId;
  recordedAt: Date;
  step: string;
  /** One for each bound, and one for what is above them. */
  counts: string[];
  sum: number;
  min: number | null;
  max: number | null;
}

const key = { primary: true, primaryKeyConstraintName: 'execution_metric_histograms_pkey' };

export const MetricHistogramRow = new EntitySchema<MetricHistogramRow>({
  name: 'ExecutionMetricHistogram',
  tableName: 'execution_metric_histograms',
  columns: {
    metricId: { name: 'metric_id', type: 'uuid', ...key },
    recordedAt: { name: 'recorded_at', type: 'timestamp with time zone', ...key },
    step: { type: 'bigint', ...key },
    counts: { type: 'bigint', array: true, ...key },
    sum: { type: 'double precision', ...key },
    min: { type: 'double precision', nullable: true },
    max: { type: 'double precision', nullable: true },
  },
  foreignKeys: [
    {
      name: 'execution_metric_histograms_metric_fkey',
      target: 'ExecutionMetric',
      columnNames: ['metricId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
