import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { GroupRow } from './group-row.js';

const by =
  (column: QueryOrder<GroupRow>['by']) =>
  (options?: OrderOptions): QueryOrder<GroupRow> =>
    order<GroupRow>(column, options);

/** Orders of groups, each read by an index of its domain: ascending unless `{ ascending: false }` is said; ties go by id. */
export const GroupOrders = Object.freeze({
  name: by('name'),
  createdAt: by('createdAt'),
  modifiedAt: by('modifiedAt'),
});
