import { order, type OrderOptions, type QueryOrder } from '@holdfast/querier';
import type { StickyNoteRow } from './sticky-note-row.js';

const by =
  (column: QueryOrder<StickyNoteRow>['by']) =>
  (options?: OrderOptions): QueryOrder<StickyNoteRow> =>
    order<StickyNoteRow>(column, options);

/** Orders of sticky notes, each read by an index of their domain: ascending unless `{ ascending: false }` is said; ties go by id. */
export const StickyNoteOrders = Object.freeze({
  name: by('name'),
  status: by('status'),
  createdAt: by('createdAt'),
  modifiedAt: by('modifiedAt'),
});
