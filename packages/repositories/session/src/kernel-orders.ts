import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { KernelRow } from './kernel-row.js';

const by =
  (column: QueryOrder<KernelRow>['by']) =>
  (options?: OrderOptions): QueryOrder<KernelRow> =>
    order<KernelRow>(column, options);

/** Orders of kernels: ascending unless `{ ascending: false }` is said; ties go by id. */
export const KernelOrders = Object.freeze({
  sessionId: by('sessionId'),
  clusterIdx: by('clusterIdx'),
  agentId: by('agentId'),
  status: by('status'),
  createdAt: by('createdAt'),
  statusChangedAt: by('statusChangedAt'),
  terminatedAt: by('terminatedAt'),
});
