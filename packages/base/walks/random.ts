/** Whole numbers below `n`, the same for the same seed. */
export function randomBelow(seed: number): (n: number) => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}
