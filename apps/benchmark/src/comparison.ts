import type { ContenderProcess } from './contender-process.js';
import { type OperationName, OPERATIONS } from './contender.js';
import { REFERENCE } from './contenders/index.js';
import type { SliceResult } from './slice.js';

interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** One line of the result: medians over the rounds, ratios to the reference in the same round. */
export interface Measurement {
  readonly operation: OperationName;
  readonly concurrency: number;
  readonly contender: string;
  readonly opsPerSecond: number;
  readonly cpuMicrosPerOp: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** CPU time per operation, as a ratio to the reference. */
  readonly cpuRatio: Spread;
  readonly opsRatio: Spread;
}

export interface Plan {
  readonly rounds: number;
  readonly sliceMs: number;
  readonly warmUpMs: number;
  readonly callers: readonly number[];
}

/** Holds all contenders to the same results. Throws if one returns something else. */
export async function checkEqual(processes: readonly ContenderProcess[]): Promise<void> {
  for (const operation of OPERATIONS) {
    const samples = await Promise.all(processes.map((process) => process.sample(operation)));
    const odd = samples.findIndex((sample) => sample !== samples[0]);
    if (odd === -1) continue;
    throw new Error(
      `${operation}: ${processes[odd]!.name} does not return what ${processes[0]!.name} returns:\n${samples[odd]!}\n${samples[0]!}`,
    );
  }
}

/** Measures one operation: a slice of each contender in turn, round after round. */
export async function measure(
  processes: readonly ContenderProcess[],
  operation: OperationName,
  concurrency: number,
  plan: Plan,
): Promise<readonly Measurement[]> {
  for (const process of processes) await process.slice(operation, concurrency, plan.warmUpMs);
  const rounds: ReadonlyMap<string, SliceResult>[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    const results = new Map<string, SliceResult>();
    // Whoever goes first in one round goes last in the next.
    const order = round % 2 === 0 ? processes : [...processes].reverse();
    for (const process of order) results.set(process.name, await process.slice(operation, concurrency, plan.sliceMs));
    rounds.push(results);
  }
  return processes.map(({ name }) => {
    const own = rounds.map((results) => results.get(name)!);
    const reference = rounds.map((results) => results.get(REFERENCE)!);
    return {
      operation,
      concurrency,
      contender: name,
      opsPerSecond: spread(own.map(opsPerSecond)).median,
      cpuMicrosPerOp: spread(own.map(cpuPerOp)).median,
      p50Micros: spread(own.map(({ p50Micros }) => p50Micros)).median,
      p99Micros: spread(own.map(({ p99Micros }) => p99Micros)).median,
      cpuRatio: spread(own.map((result, i) => cpuPerOp(result) / cpuPerOp(reference[i]!))),
      opsRatio: spread(own.map((result, i) => opsPerSecond(result) / opsPerSecond(reference[i]!))),
    };
  });
}

function opsPerSecond({ operations, wallMs }: SliceResult): number {
  return operations / (wallMs / 1_000);
}

function cpuPerOp({ operations, cpuMicros }: SliceResult): number {
  return cpuMicros / operations;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { min: sorted[0]!, median, max: sorted.at(-1)! };
}
