/** How many rows one statement takes. */
const AT_ONCE = 2_000;

/** Pieces that one statement takes each. */
export function* pieces<Item>(items: Iterable<Item>): Generator<readonly Item[]> {
  let piece: Item[] = [];
  for (const item of items) {
    piece.push(item);
    if (piece.length < AT_ONCE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

/** How many pieces so many rows are. */
export function piecesOf(rows: number): number {
  return Math.ceil(rows / AT_ONCE);
}
