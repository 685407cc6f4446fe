import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { KeypairRow } from './keypair-row.js';

const by =
  (column: QueryOrder<KeypairRow>['by']) =>
  (options?: OrderOptions): QueryOrder<KeypairRow> =>
    order<KeypairRow>(column, options);

/** Orders of key pairs, each read by an index of their user or domain: ascending unless `{ ascending: false }` is said; ties go by access key. */
export const KeypairOrders = Object.freeze({
  createdAt: by('createdAt'),
});
