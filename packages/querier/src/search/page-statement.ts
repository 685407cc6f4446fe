import type { ColumnShape } from '../entity/entity-shape.js';
import type { CursorBinding } from '../page/cursor-binding.js';
import type { CursorCodec } from '../page/cursor-codec.js';
import type { CheckedPagination, Total } from '../page/pagination.js';
import type { BoundText } from './bound-text.js';

/**
 * A number that comes before the columns of every row: the total, and whether there are rows against the direction. Its
 * column is named with a `#` in front, as no column of a table is.
 */
export type PageLead = 'total' | 'against';

/** What a page is made with, once its rows are there. */
export type AssembledPage = Pick<PageStatement, 'pagination' | 'total' | 'leads' | 'cursors' | 'binding'>;

/** What is the same for all pages that are read by one text: nothing in it is a value. */
export interface PageText {
  readonly sql: string;
  readonly leads: readonly PageLead[];
  /** What comes after the columns of the shape and is no data: values of the order that no column holds. */
  readonly extra: readonly ColumnShape[];
  /**
   * Which columns hold the order's keys, as positions in the shape's columns and the extra ones behind them; none where
   * there are no cursors to make of them.
   */
  readonly keys: readonly number[];
  /** The order that the rows arrive in, by the names of the columns; backward pages arrive from their end. */
  readonly order: string;
  readonly bound: BoundText;
}

/** One statement that reads a page, and what is needed to make the page of its rows. */
export interface PageStatement extends PageText {
  readonly values: readonly (string | null)[];
  readonly pagination: CheckedPagination;
  readonly total: Total;
  /** What cursors to its rows are bound to. */
  readonly binding: CursorBinding;
  readonly cursors: CursorCodec | null;
}
