import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { GroupMemberRow } from './group-member-row.js';

const by =
  (column: QueryOrder<GroupMemberRow>['by']) =>
  (options?: OrderOptions): QueryOrder<GroupMemberRow> =>
    order<GroupMemberRow>(column, options);

/** Orders of members: ascending unless `{ ascending: false }` is said; ties go by the user's id. */
export const GroupMemberOrders = Object.freeze({
  createdAt: by('createdAt'),
  userUuid: by('userUuid'),
});
