import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { NotificationChannelRow } from './notification-channel-row.js';

const by =
  (column: QueryOrder<NotificationChannelRow>['by']) =>
  (options?: OrderOptions): QueryOrder<NotificationChannelRow> =>
    order<NotificationChannelRow>(column, options);

/** Orders of notification channels: ascending unless `{ ascending: false }` is said; ties go by id. */
export const NotificationChannelOrders = Object.freeze({
  name: by('name'),
  createdAt: by('createdAt'),
  updatedAt: by('updatedAt'),
});
