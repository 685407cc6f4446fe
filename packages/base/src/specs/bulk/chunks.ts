import { Misuse } from '@holdfast/errors';
import type { UnitOfWork } from '../spec.js';

/** How many items go in one statement, or in one COPY. */
export const MOST_AT_ONCE = 1_000;

/** What a bulk operation takes its items from. */
export type Items<Item> = readonly Item[] | Iterable<Item> | AsyncIterable<Item>;

/** Whether items can be read again for certain: lists and sets can, of anything else nobody knows. */
export function areRepeatable(items: Items<unknown>): boolean {
  return Array.isArray(items) || items instanceof Set;
}

const nothing = Promise.resolve();

const consumed = new WeakSet<object>();

/** A piece of many items. */
export interface Chunk<Item> {
  /** The index of its first item among all. */
  readonly from: number;
  readonly items: readonly Item[];
  readonly isLast: boolean;
}

/**
 * The items in pieces that one statement takes. A source that stalls is waited for no longer than the transaction may
 * last. Throws Misuse where items that can be read only once are read again: a call that is made again would take what is
 * left of them for all there are.
 */
export async function* chunks<Item>(
  unit: Pick<UnitOfWork, 'waitFor'>,
  items: Items<Item>,
): AsyncGenerator<Chunk<Item>, void> {
  if (isReadOnce(items)) {
    if (consumed.has(items)) throw new Misuse('These items were read before, and can be read only once: give a list.');
    consumed.add(items);
  }
  let from = 0;
  // Nothing is awaited for each item of what is there already.
  for await (const piece of Symbol.asyncIterator in items ? inPieces(eachOf(unit, items)) : piecesOf(items)) {
    yield { from, ...piece };
    from += piece.items.length;
    await unit.waitFor(nothing);
  }
}

type Piece<Item> = Omit<Chunk<Item>, 'from'>;

async function* inPieces<Item>(source: AsyncIterable<Item>): AsyncGenerator<Piece<Item>, void> {
  let items: Item[] = [];
  for await (const item of source) {
    if (items.length === MOST_AT_ONCE) {
      yield { items, isLast: false };
      items = [];
    }
    items.push(item);
  }
  if (items.length > 0) yield { items, isLast: true };
}

function* piecesOf<Item>(source: Iterable<Item>): Generator<Piece<Item>, void> {
  let items: Item[] = [];
  for (const item of source) {
    if (items.length === MOST_AT_ONCE) {
      yield { items, isLast: false };
      items = [];
    }
    items.push(item);
  }
  if (items.length > 0) yield { items, isLast: true };
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
