import { InvalidInput, Misuse } from '@holdfast/errors';
import type { PageStatement } from '../search/compile-search.js';
import type { Cursor } from './cursor.js';
import type { Page } from './page.js';
import { SearchedPage } from './searched-page.js';

/** What a page statement returned: data and the text form of each row's order keys, in the order of arrival. */
export interface PageRows<Data> {
  readonly items: Data[];
  readonly positions: (readonly (string | null)[])[];
  /** The leading count, if the statement has one. */
  readonly count: number | null;
}

/** Makes the page: drops the extra row, turns backward pages round, tells the flags. */
export function assemblePage<Data>(statement: PageStatement, rows: PageRows<Data>): Page<Data> {
  const { pagination, total } = statement;
  const { items, positions, count } = rows;
  if (statement.cursors !== null && positions.length !== items.length)
    throw new Misuse('A page needs the position of each of its rows.');
  const size = pageSize(pagination, items.length);
  const hasMore = items.length > size;
  if (hasMore) {
    items.length = size;
    positions.splice(size);
  }
  const backward = 'last' in pagination;
  if (backward || 'first' in pagination) checkLengths(positions);
  if (backward) {
    items.reverse();
    positions.reverse();
  }
  return new SearchedPage(
    Object.freeze(items),
    totalOf(total, count),
    backward ? isGiven(pagination.before) : hasMore,
    backward
      ? hasMore
      : 'limit' in pagination
        ? pagination.offset > 0
        : 'first' in pagination && isGiven(pagination.after),
    () => cursorsOf(statement, positions),
  );
}

// What a cursor holds besides its position, and the growth of base64, leave room for this.
const LONGEST_POSITION = 2_800;

/** A page that is walked by cursor has cursors: what is too long for one is refused now, and not when it is read. */
function checkLengths(positions: PageRows<unknown>['positions']): void {
  for (const position of positions) {
    const length = position.reduce((sum, key) => sum + (key === null ? 0 : Buffer.byteLength(key)), 0);
    if (length > LONGEST_POSITION) {
      throw new InvalidInput('INVALID_ORDER', 'The values of this order are too long for a cursor.', '/orders');
    }
  }
}

function isGiven(cursor: Cursor | null | undefined): boolean {
  return cursor !== undefined && cursor !== null;
}

function cursorsOf(statement: PageStatement, positions: PageRows<unknown>['positions']): readonly Cursor[] {
  const { binding, cursors } = statement;
  if (cursors === null) return Object.freeze([]);
  return Object.freeze(positions.map((position) => cursors.encode(binding, position)));
}

function pageSize(pagination: PageStatement['pagination'], rows: number): number {
  if ('noPagination' in pagination) return rows;
  if ('limit' in pagination) return pagination.limit;
  return 'first' in pagination ? pagination.first : pagination.last;
}

function totalOf(total: PageStatement['total'], count: number | null): Page<unknown>['total'] {
  if (total === 'none' || count === null) return null;
  if (total === 'exact') return Object.freeze({ value: count, exact: true });
  return Object.freeze({ value: Math.min(count, total.atMost), exact: count <= total.atMost });
}
