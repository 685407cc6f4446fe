import type { EntitySchema } from 'typeorm';
import { ExecutionMetricRow } from './execution-metric-row.js';
import { ExecutionRow } from './execution-row.js';
import { MetricHistogramRow } from './metric-histogram-row.js';
import { MetricPointRow } from './metric-point-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const executionEntities: readonly EntitySchema[] = Object.freeze([
  ExecutionRow,
  ExecutionMetricRow,
  MetricPointRow,
  MetricHistogramRow,
] as EntitySchema[]);
