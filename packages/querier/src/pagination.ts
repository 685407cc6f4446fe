import { InvalidInput } from '@holdfast/errors';
import type { Cursor } from './cursor.js';

/** A page by position: skips `offset` rows, gives `limit` (at least 1). Depth costs: PostgreSQL reads what it skips. */
export interface OffsetPagination {
  readonly limit: number;
  readonly offset: number;
}

/** The `first` rows after a cursor, or from the start. `first: 0` gives no rows, only whether there are any. */
export interface CursorForwardPagination {
  readonly first: number;
  readonly after?: Cursor | null;
}

/** The `last` rows before a cursor, or up to the end; in display order, like every page. */
export interface CursorBackwardPagination {
  readonly last: number;
  readonly before?: Cursor | null;
}

/** Every row, said explicitly. */
export interface NoPagination {
  readonly noPagination: true;
}

export type Pagination = OffsetPagination | CursorForwardPagination | CursorBackwardPagination | NoPagination;

/** How to count what matches: not at all (default), exactly, or exactly up to a number (cheap on large sets). */
export type Total = 'none' | 'exact' | { readonly atMost: number };

const modes: readonly (readonly [required: string, optional: string | null])[] = [
  ['limit', 'offset'],
  ['first', 'after'],
  ['last', 'before'],
  ['noPagination', null],
];

/** Refuses mixed, half-given, fractional, negative and oversized arguments; returns the pagination. */
export function checkedPagination(pagination: Pagination, maxPageSize: number): Pagination {
  const given = Object.entries(pagination).filter(([, value]) => value !== undefined && value !== null);
  const mode = modes.find(([required]) => given.some(([name]) => name === required));
  if (mode === undefined) {
    throw refused('A page needs one of limit, first, last or noPagination.', given[0]?.[0] ?? 'first');
  }
  const stray = given.find(([name]) => name !== mode[0] && name !== mode[1]);
  if (stray !== undefined) throw refused(`${stray[0]} does not go with ${mode[0]}.`, stray[0]);
  if ('limit' in pagination) {
    checkSize(pagination.limit, 'limit', 1, maxPageSize);
    checkSize(pagination.offset, 'offset', 0, Number.MAX_SAFE_INTEGER);
  }
  if ('first' in pagination) checkSize(pagination.first, 'first', 0, maxPageSize);
  if ('last' in pagination) checkSize(pagination.last, 'last', 1, maxPageSize);
  return pagination;
}

function checkSize(value: unknown, name: string, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most) {
    const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${most}`;
    throw refused(`${name} must be a whole number of at least ${least}${upTo}.`, name);
  }
}

function refused(message: string, name: string): InvalidInput {
  return new InvalidInput('INVALID_PAGINATION', message, `/${name}`);
}
