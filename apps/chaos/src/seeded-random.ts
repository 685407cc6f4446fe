/** Numbers from 0 to 1, the same for the same seed and purpose (mulberry32). */
export type SeededRandom = () => number;

/** One seed gives every part of a run numbers of its own, so that none depends on how often another one asks. */
export function seededRandom(seed: number, purpose: string): SeededRandom {
  let state = seed >>> 0;
  for (const character of purpose) state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
