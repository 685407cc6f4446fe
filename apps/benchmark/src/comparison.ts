import { OURS, REFERENCE, TRANSACTION } from './contenders/index.js';
import type { OperationName } from './operation-name.js';
import type { SliceResult } from './slice.js';
import { type Spread, spread } from './spread.js';

/** One line of the result: medians over the rounds, ratios to the reference in the same round. */
export interface Measurement {
  readonly operation: OperationName;
  readonly concurrency: number;
  readonly contender: string;
  readonly opsPerSecond: number;
  readonly cpuMicrosPerOp: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** CPU time per operation, as a ratio to the reference's. */
  readonly cpuRatio: Spread;
  readonly opsRatio: Spread;
}

/** Ours against the others but for the reference, within the rounds. */
export interface OursToOthers {
  readonly operation: OperationName;
  readonly concurrency: number;
  /** CPU time per operation, as a ratio to that of TypeORM's transaction; null where that took no part. */
  readonly cpuToTransaction: Spread | null;
  readonly opsTo: readonly { readonly contender: string; readonly ratio: Spread }[];
}

/** What one round saw: the slice of each contender. */
export type Round = ReadonlyMap<string, SliceResult>;

export function measurementsOf(
  operation: OperationName,
  concurrency: number,
  rounds: readonly Round[],
): readonly Measurement[] {
  return [...rounds[0]!.keys()].map((contender) => {
    const median = (figure: (slice: SliceResult) => number): number =>
      spread(rounds.map((round) => figure(round.get(contender)!))).median;
    return {
      operation,
      concurrency,
      contender,
      opsPerSecond: median(opsPerSecond),
      cpuMicrosPerOp: median(cpuPerOp),
      p50Micros: median(({ p50Micros }) => p50Micros),
      p99Micros: median(({ p99Micros }) => p99Micros),
      cpuRatio: ratio(rounds, contender, REFERENCE, cpuPerOp),
      opsRatio: ratio(rounds, contender, REFERENCE, opsPerSecond),
    };
  });
}

/** Empty where ours took no part. */
export function oursToOthers(
  operation: OperationName,
  concurrency: number,
  rounds: readonly Round[],
): readonly OursToOthers[] {
  const contenders = [...rounds[0]!.keys()];
  if (!contenders.includes(OURS)) return [];
  const others = contenders.filter((name) => name !== OURS && name !== REFERENCE);
  const cpuToTransaction = others.includes(TRANSACTION) ? ratio(rounds, OURS, TRANSACTION, cpuPerOp) : null;
  const opsTo = others.map((contender) => ({ contender, ratio: ratio(rounds, OURS, contender, opsPerSecond) }));
  return [{ operation, concurrency, cpuToTransaction, opsTo }];
}

/** A figure of one contender to that of another, within the rounds. */
export function ratio(
  rounds: readonly Round[],
  contender: string,
  other: string,
  figure: (slice: SliceResult) => number,
): Spread {
  return spread(rounds.map((round) => figure(round.get(contender)!) / figure(round.get(other)!)));
}

export function opsPerSecond({ operations, wallMs }: SliceResult): number {
  return operations / (wallMs / 1_000);
}

export function cpuPerOp({ operations, cpuMicros }: SliceResult): number {
  return cpuMicros / operations;
}
