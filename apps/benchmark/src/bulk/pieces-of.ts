/** How many rows a statement takes. */
const PIECE = 1_000;

/** Items in pieces of what one statement takes, as they are asked for. */
export function* piecesOf<Item>(items: Iterable<Item>): Generator<readonly Item[]> {
  let piece: Item[] = [];
  for (const item of items) {
    if (piece.push(item) < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

/** Whether one statement takes them all. */
export function areFew<Item>(items: Iterable<Item>): items is readonly Item[] {
  return Array.isArray(items) && items.length <= PIECE;
}
