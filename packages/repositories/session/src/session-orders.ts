import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { SessionRow } from './session-row.js';

const by =
  (column: QueryOrder<SessionRow>['by']) =>
  (options?: OrderOptions): QueryOrder<SessionRow> =>
    order<SessionRow>(column, options);

/** Orders of sessions: ascending unless `{ ascending: false }` is said; ties go by id. */
export const SessionOrders = Object.freeze({
  createdAt: by('createdAt'),
  modifiedAt: by('modifiedAt'),
  startsAt: by('startsAt'),
  terminatedAt: by('terminatedAt'),
  statusChangedAt: by('statusChangedAt'),
  /** Alphabetical, as the status is text. */
  status: by('status'),
  name: by('name'),
  gpuCount: by('gpuCount'),
  priority: by('priority'),
});
