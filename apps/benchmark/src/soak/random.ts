/** Pseudo-random whole numbers below a bound, the same for the same seed. Xorshift (Marsaglia 2003). */
export type Random = (bound: number) => number;

export function random(seed: number): Random {
  let state = seed | 1; // It never leaves 0.
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}
