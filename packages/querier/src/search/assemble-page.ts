import { InvalidInput, Misuse } from '@holdfast/errors';
import type { AssembledPage } from './page-statement.js';
import type { Cursor } from '../page/cursor.js';
import type { Page } from '../page/page.js';
import { SearchedPage } from '../page/searched-page.js';

/** What a page statement returned: data and the text form of each row's order keys, in the order of arrival. */
export interface PageRows<Data> {
  readonly items: Data[];
  readonly positions: (readonly (string | null)[])[];
  /** The leading numbers, in the statement's order. */
  readonly leads: readonly number[];
}

/** Makes the page: drops the extra row, turns backward pages round, tells the flags. */
export function assemblePage<Data>(statement: AssembledPage, rows: PageRows<Data>): Page<Data> {
  const { pagination } = statement;
  const { items, positions, leads } = rows;
  if (statement.cursors !== null && positions.length !== items.length)
    throw new Misuse('A page needs the position of each of its rows.');
  const size = pageSize(pagination, items.length);
  const hasMore = items.length > size;
  if (hasMore) {
    items.length = size;
    positions.splice(size);
  }
  const backward = 'last' in pagination;
  const fits = positions.every(fitsCursor);
  if (!fits && (backward || 'first' in pagination)) {
    throw new InvalidInput('INVALID_ORDER', 'The values of this order are too long for a cursor.', '/orders');
  }
  if (backward) {
    items.reverse();
    positions.reverse();
  }
  const hasAgainst = against(statement, leads);
  return new SearchedPage(
    Object.freeze(items),
    totalOf(statement, leads),
    backward ? hasAgainst : hasMore,
    backward ? hasMore : hasAgainst,
    () => (fits ? cursorsOf(statement, positions) : none),
  );
}

/** Whether there are rows against the direction of paging: as measured, or else as the arguments of the page say. */
function against({ pagination, leads: names }: AssembledPage, leads: readonly number[]): boolean {
  const measured = names.indexOf('against');
  if (measured !== -1) return leads[measured] === 1;
  if ('limit' in pagination) return pagination.offset > 0;
  const cursor = 'first' in pagination ? pagination.after : 'last' in pagination ? pagination.before : null;
  return cursor !== undefined && cursor !== null;
}

const none: readonly Cursor[] = Object.freeze([]);

/** Bytes of JSON. What a cursor holds besides, and the growth of base64, leave room for this. */
const LONGEST_POSITION = 9_000;
/** A character has at most six bytes in JSON, in quotes and with a comma. */
const MOST_BYTES = 6;

/** A page that is walked by cursor has cursors: what is too long for one is told at once, and not when it is read. */
function fitsCursor(position: readonly (string | null)[]): boolean {
  let most = 0;
  for (const key of position) most += key === null ? 5 : key.length * MOST_BYTES + 3;
  return most <= LONGEST_POSITION || Buffer.byteLength(JSON.stringify(position)) <= LONGEST_POSITION;
}

function cursorsOf(statement: AssembledPage, positions: PageRows<unknown>['positions']): readonly Cursor[] {
  const { binding, cursors } = statement;
  if (cursors === null) return none;
  return Object.freeze(positions.map((position) => cursors.encode(binding, position)));
}

function pageSize(pagination: AssembledPage['pagination'], rows: number): number {
  if ('noPagination' in pagination) return rows;
  if ('limit' in pagination) return pagination.limit;
  return 'first' in pagination ? pagination.first : pagination.last;
}

function totalOf({ total, leads: names }: AssembledPage, leads: readonly number[]): Page<unknown>['total'] {
  if (total === 'none') return null;
  const count = leads[names.indexOf('total')] ?? 0;
  if (total === 'exact') return Object.freeze({ value: count, exact: true });
  return Object.freeze({ value: Math.min(count, total.atMost), exact: count <= total.atMost });
}
