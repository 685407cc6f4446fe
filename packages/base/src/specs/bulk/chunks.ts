import { Misuse } from '@holdfast/errors';
import type { UnitOfWork } from '../spec.js';

/** The longest list whose items all go in one statement. */
export const MOST_AT_ONCE = 1_000;

/**
 * How many items go in one statement where they are more, or no list: the garbage of a piece this small is collected
 * while it is young.
 */
const PIECE = 250;

/**
 * How many pieces so many items are taken in. Of what is no list nobody knows before its end how many items it has, so
 * that it goes in small pieces from the first one on.
 */
export function pieces(items: number, areList: boolean): number {
  return areList && items <= MOST_AT_ONCE ? Math.min(items, 1) : Math.ceil(items / PIECE);
}

/** What a bulk operation takes its items from. */
export type Items<Item> = readonly Item[] | Iterable<Item> | AsyncIterable<Item>;

/** Whether items can be read again for certain: lists and sets can, of anything else nobody knows. */
export function areRepeatable(items: Items<unknown>): boolean {
  return Array.isArray(items) || items instanceof Set;
}

const nothing = Promise.resolve();

const consumed = new WeakSet<object>();

/**
 * The items in pieces that one statement takes, each with the index of its first item. A source that stalls is waited for
 * no longer than the transaction may last. Throws Misuse where items that can be read only once are read again: a call
 * that is made again would take what is left of them for all there are.
 */
export async function* chunks<Item>(
  unit: Pick<UnitOfWork, 'waitFor'>,
  items: Items<Item>,
): AsyncGenerator<{ readonly from: number; readonly items: readonly Item[] }, void> {
  if (isReadOnce(items)) {
    if (consumed.has(items)) throw new Misuse('These items were read before, and can be read only once: give a list.');
    consumed.add(items);
  }
  let from = 0;
  let chunk: Item[] = [];
  const most = Array.isArray(items) && items.length <= MOST_AT_ONCE ? MOST_AT_ONCE : PIECE;
  for await (const item of Symbol.asyncIterator in items ? eachOf(unit, items) : items) {
    if (chunk.length === most) {
      yield { from, items: chunk };
      await unit.waitFor(nothing);
      from += chunk.length;
      chunk = [];
    }
    chunk.push(item);
  }
  if (chunk.length > 0) yield { from, items: chunk };
}

/** The items of a source that may stall: its `return` is called however it ends, and need not be answered. */
async function* eachOf<Item>(
  unit: Pick<UnitOfWork, 'waitFor'>,
  items: AsyncIterable<Item>,
): AsyncGenerator<Item, void> {
  const source = items[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const next = await unit.waitFor(source.next());
      isOver = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // A generator that stalls answers when it goes on, which may be never.
    if (!isOver) Promise.resolve(source.return?.()).catch(() => {});
  }
}

/** Generators and streams: nothing is left in them when they have been read. */
function isReadOnce(items: unknown): boolean {
  if (typeof items !== 'object' || items === null) {
    throw new Misuse('A bulk operation takes a list, or what can be iterated over.');
  }
  if ('getReader' in items || 'pipe' in items) return true;
  const { [Symbol.asyncIterator]: async, [Symbol.iterator]: sync } = items as Partial<
    AsyncIterable<unknown> & Iterable<unknown>
  >;
  const iterator = async ?? sync;
  if (typeof iterator !== 'function') throw new Misuse('A bulk operation takes a list, or what can be iterated over.');
  return 'next' in items;
}
