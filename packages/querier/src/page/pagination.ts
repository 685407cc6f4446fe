import { InvalidInput } from '@holdfast/errors';
import type { Cursor } from './cursor.js';
import { escapePointer } from '../plain-data/escape-pointer.js';
import { plainObject } from '../plain-data/plain-object.js';
import { shown } from '../plain-data/shown.js';

/** Of the three ways to page, one at a time. */
type Without<Names extends string> = { readonly [Name in Names]?: never };

/** A page by position: skips `offset` rows, gives `limit` (at least 1). Depth costs: PostgreSQL reads what it skips. */
export interface OffsetPagination extends Without<'first' | 'after' | 'last' | 'before' | 'noPagination'> {
  readonly limit: number;
  readonly offset: number;
}

/** The `first` rows after a cursor, or from the start. `first: 0` gives no rows, only whether there are any. */
export interface CursorForwardPagination extends Without<'limit' | 'offset' | 'last' | 'before' | 'noPagination'> {
  readonly first: number;
  readonly after?: Cursor | null;
}

/** The `last` rows before a cursor, or up to the end; in display order, like every page. */
export interface CursorBackwardPagination extends Without<'limit' | 'offset' | 'first' | 'after' | 'noPagination'> {
  readonly last: number;
  readonly before?: Cursor | null;
}

/** Every row, said explicitly. */
export interface NoPagination extends Without<'limit' | 'offset' | 'first' | 'after' | 'last' | 'before'> {
  readonly noPagination: true;
}

/** One of the four, checked, with nothing but what was given. */
export type CheckedPagination =
  | { readonly limit: number; readonly offset: number }
  | { readonly first: number; readonly after: Cursor | null }
  | { readonly last: number; readonly before: Cursor | null }
  | { readonly noPagination: true };

export type Pagination = OffsetPagination | CursorForwardPagination | CursorBackwardPagination | NoPagination;

/** How to count what matches: not at all (default), exactly, or exactly up to a number (cheap on large sets). */
export type Total = 'none' | 'exact' | { readonly atMost: number };

const modes: readonly (readonly [required: string, optional: string | null])[] = [
  ['limit', 'offset'],
  ['first', 'after'],
  ['last', 'before'],
  ['noPagination', null],
];

/**
 * The pagination with nothing but what was given. Throws InvalidInput for mixed, half-given, fractional, negative and
 * oversized arguments, pointing at `prefix` and the argument's name.
 */
export function checkedPagination(pagination: Pagination, maxPageSize: number, prefix = '/'): CheckedPagination {
  const members = plainObject(pagination, '/pagination');
  const given = Object.keys(members).filter((name) => members[name] !== undefined && members[name] !== null);
  const mode = modes.find(([required]) => given.includes(required));
  if (mode === undefined) {
    const whole = modes.find(([, optional]) => optional !== null && optional === given[0])?.[0];
    const hint = whole === undefined ? '' : `: ${given[0]!} goes with ${whole}`;
    throw refused(`A page needs limit, first or last${hint}.`, prefix + escapePointer(given[0] ?? 'first'));
  }
  const stray = given.find((name) => name !== mode[0] && name !== mode[1]);
  if (stray !== undefined) throw refused(`${shown(stray)} does not go with ${mode[0]}.`, prefix + escapePointer(stray));
  const { limit, offset, first, after, last, before, noPagination } = members;
  if (mode[0] === 'noPagination') {
    if (noPagination !== true) throw refused('noPagination must be true.', `${prefix}noPagination`);
    return { noPagination };
  }
  const size = (value: unknown, name: string, least: number, most: number): number => {
    if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
    const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${most}`;
    throw refused(`${name} must be a whole number of at least ${least}${upTo}.`, prefix + name);
  };
  if (mode[0] === 'limit') {
    return { limit: size(limit, 'limit', 1, maxPageSize), offset: size(offset, 'offset', 0, Number.MAX_SAFE_INTEGER) };
  }
  if (mode[0] === 'first') {
    return { first: size(first, 'first', 0, maxPageSize), after: (after ?? null) as Cursor | null };
  }
  return { last: size(last, 'last', 1, maxPageSize), before: (before ?? null) as Cursor | null };
}

/** Refuses a total that is none of the three. */
export function checkedTotal(total: Total, prefix = '/'): Total {
  if (total === 'none' || total === 'exact') return total;
  const atMost = typeof total === 'object' ? (total as { atMost?: unknown } | null)?.atMost : undefined;
  if (!Number.isSafeInteger(atMost) || (atMost as number) < 1 || (atMost as number) > 1_000_000) {
    throw refused('A total is none, exact, or at most 1 to 1000000.', `${prefix}total`);
  }
  return total;
}

function refused(message: string, pointer: string): InvalidInput {
  return new InvalidInput('INVALID_PAGINATION', message, pointer);
}
