import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { ExecutionMetricRow } from './execution-metric-row.js';

const by =
  (column: QueryOrder<ExecutionMetricRow>['by']) =>
  (options?: OrderOptions): QueryOrder<ExecutionMetricRow> =>
    order<ExecutionMetricRow>(column, options);

/** Orders of metrics: ascending unless `{ ascending: false }` is said; ties go by id. */
export const ExecutionMetricOrders = Object.freeze({
  name: by('name'),
  createdAt: by('createdAt'),
});
