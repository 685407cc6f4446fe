/** Puts things in another order each time, the same orders for the same seed. Xorshift (Marsaglia 2003), Fisher-Yates. */
export function seededOrder(seed: number): <Item>(items: readonly Item[]) => readonly Item[] {
  let state = seed | 1; // It never leaves 0.
  const below = (bound: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
  return (items) => {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = below(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
    }
    return shuffled;
  };
}
