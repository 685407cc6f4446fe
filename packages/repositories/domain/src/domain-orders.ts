import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { DomainRow } from './domain-row.js';

const by =
  (column: QueryOrder<DomainRow>['by']) =>
  (options?: OrderOptions): QueryOrder<DomainRow> =>
    order<DomainRow>(column, options);

/** Orders of domains, each read by an index: ascending unless `{ ascending: false }` is said; ties go by name. */
export const DomainOrders = Object.freeze({
  name: by('name'),
  createdAt: by('createdAt'),
  modifiedAt: by('modifiedAt'),
});
