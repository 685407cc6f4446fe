import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { NotificationRuleRow } from './notification-rule-row.js';

const by =
  (column: QueryOrder<NotificationRuleRow>['by']) =>
  (options?: OrderOptions): QueryOrder<NotificationRuleRow> =>
    order<NotificationRuleRow>(column, options);

/** Orders of notification rules: ascending unless `{ ascending: false }` is said; ties go by id. */
export const NotificationRuleOrders = Object.freeze({
  name: by('name'),
  createdAt: by('createdAt'),
  updatedAt: by('updatedAt'),
});
