import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { UserRow } from './user-row.js';

const by =
  (column: QueryOrder<UserRow>['by']) =>
  (options?: OrderOptions): QueryOrder<UserRow> =>
    order<UserRow>(column, options);

/** Orders of users, each read by an index of their domain: ascending unless `{ ascending: false }` is said; ties go by id. */
export const UserOrders = Object.freeze({
  username: by('username'),
  email: by('email'),
  fullName: by('fullName'),
  /** Alphabetical, as the status is text. */
  status: by('status'),
  createdAt: by('createdAt'),
  modifiedAt: by('modifiedAt'),
});
