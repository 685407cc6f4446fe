import type { Page, Pagination } from '@holdfast/querier';
import { Tally } from './tally.js';

/** Reads one page of the ids of what is walked through. */
export type ReadPage = (pagination: Pagination) => Promise<Page<string>>;

export type Way = 'forward' | 'backward' | 'by offset';

/**
 * Walks from one end to the other and one page beyond, and compares every page with its part of the full sort: rows,
 * order, both flags, and the cursors.
 */
export async function walk(read: ReadPage, way: Way, size: number, sorted: readonly string[]): Promise<Tally> {
  const tally = new Tally();
  tally.walks = 1;
  const backward = way === 'backward';
  let seen = 0;
  let edge: Page<string>['endCursor'] = null;
  for (let beyond = false; !beyond;) {
    beyond = seen >= sorted.length;
    const page: Page<string> = await read(
      way === 'by offset'
        ? { limit: size, offset: seen }
        : backward
          ? { last: size, before: edge }
          : { first: size, after: edge },
    );
    tally.pages += 1;
    tally.rows += page.items.length;
    const expected = backward
      ? sorted.slice(Math.max(0, sorted.length - seen - size), Math.max(0, sorted.length - seen))
      : sorted.slice(seen, seen + size);
    const isBehind = seen > 0;
    seen += size;
    const isAhead = seen < sorted.length;
    const fault = difference(page, expected, backward ? [isBehind, isAhead] : [isAhead, isBehind]);
    if (fault !== null) {
      // What follows would be wrong as well.
      tally.faults = [`${way}, ${size} at a time, page ${tally.pages}: ${fault}`];
      return tally;
    }
    edge = (backward ? page.startCursor : page.endCursor) ?? edge;
  }
  return tally;
}

function difference(
  page: Page<string>,
  expected: readonly string[],
  flags: readonly [boolean, boolean],
): string | null {
  const { items, cursors, startCursor, endCursor, hasNextPage, hasPreviousPage } = page;
  if (items.join() !== expected.join()) return `rows ${items.join(' ')} instead of ${expected.join(' ')}`;
  if (hasNextPage !== flags[0]) return `hasNextPage is ${hasNextPage}`;
  if (hasPreviousPage !== flags[1]) return `hasPreviousPage is ${hasPreviousPage}`;
  if (new Set(cursors).size !== items.length) return `${new Set(cursors).size} cursors for ${items.length} rows`;
  if (startCursor !== (cursors[0] ?? null)) return 'startCursor is not the first';
  return endCursor === (cursors.at(-1) ?? null) ? null : 'endCursor is not the last';
}
