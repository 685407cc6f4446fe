import { BARE, COCKATIEL, COMPARED } from './overhead-contenders.js';

/** Nanoseconds of one call by contender, of one round. */
export type Round = ReadonlyMap<string, number>;

/** What a contender adds to the bare call of the same round, in nanoseconds. */
export interface Overhead {
  readonly contender: string;
  readonly median: number;
  /** A tenth of the rounds was below. */
  readonly p10: number;
}

export function overheadOf(contender: string, rounds: readonly Round[]): Overhead {
  const added = rounds.map((round) => addedBy(contender, round));
  return { contender, median: quantile(added, 0.5), p10: quantile(added, 0.1) };
}

/** What our three policies add, as a ratio to what the same three of cockatiel add in the same round: the median. */
export function ratioToCockatiel(rounds: readonly Round[]): number {
  return quantile(
    rounds.map((round) => addedBy(COMPARED, round) / addedBy(COCKATIEL, round)),
    0.5,
  );
}

/** The value that a share of all values is below. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

function addedBy(contender: string, round: Round): number {
  return round.get(contender)! - round.get(BARE)!;
}
