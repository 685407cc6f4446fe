import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { AgentRow } from './agent-row.js';

const by =
  (column: QueryOrder<AgentRow>['by']) =>
  (options?: OrderOptions): QueryOrder<AgentRow> =>
    order<AgentRow>(column, options);

/** Orders of agents: ascending unless `{ ascending: false }` is said; ties go by id. */
export const AgentOrders = Object.freeze({
  id: by('id'),
  status: by('status'),
  scalingGroupName: by('scalingGroupName'),
  region: by('region'),
  gpuModel: by('gpuModel'),
  firstContact: by('firstContact'),
  statusChangedAt: by('statusChangedAt'),
  modifiedAt: by('modifiedAt'),
});
