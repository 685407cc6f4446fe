import type { Cursor } from './cursor.js';

/**
 * One page of a search, in display order whichever way it was reached. Cursors are made when they are asked for: JSON
 * holds them, a copy by spread does not.
 */
export interface Page<Data> {
  readonly items: readonly Data[];
  /** What the same filter and scope match in all; null unless asked for. `exact` is false where counting stopped early. */
  readonly total: { readonly value: number; readonly exact: boolean } | null;
  /** Measured when paging forward or by offset, and with `measureBoth`; when paging backward: whether a cursor was given. */
  readonly hasNextPage: boolean;
  /** Measured when paging backward, and with `measureBoth`; otherwise whether a cursor or an offset was given. */
  readonly hasPreviousPage: boolean;
  readonly startCursor: Cursor | null;
  readonly endCursor: Cursor | null;
  /**
   * One for each item; none where the application has no CursorCodec, or where a page that is not walked by cursor has
   * rows whose keys are too long for one.
   */
  readonly cursors: readonly Cursor[];
}
