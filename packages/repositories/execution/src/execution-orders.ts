import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { ExecutionRow } from './execution-row.js';

const by =
  (column: QueryOrder<ExecutionRow>['by']) =>
  (options?: OrderOptions): QueryOrder<ExecutionRow> =>
    order<ExecutionRow>(column, options);

/** Orders of executions, each read by an index of their domain: ascending unless `{ ascending: false }` is said; ties go by id. */
export const ExecutionOrders = Object.freeze({
  name: by('name'),
  status: by('status'),
  createdAt: by('createdAt'),
  modifiedAt: by('modifiedAt'),
});
