import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { FairShareRow } from './fair-share-row.js';

const by =
  (column: QueryOrder<FairShareRow>['by']) =>
  (options?: OrderOptions): QueryOrder<FairShareRow> =>
    order<FairShareRow>(column, options);

/** Orders of fair shares: ascending unless `{ ascending: false }` is said; ties go by id. */
export const FairShareOrders = Object.freeze({
  fairShareFactor: by('fairShareFactor'),
  schedulingRank: by('schedulingRank'),
  createdAt: by('createdAt'),
});
