import type { ContenderProcess } from './contender-process.js';
import type { OperationName } from './contender.js';
import { lines, OPERATIONS, REFERENCE, TRANSACTION } from './contenders/index.js';
import type { SliceResult } from './slice.js';
import { type Spread, spread } from './spread.js';

interface Ratios {
  /** CPU time per operation, as a ratio to the other's. */
  readonly cpuRatio: Spread;
  readonly opsRatio: Spread;
}

/** One line of the result: medians over the rounds, ratios to the reference in the same round. */
export interface Measurement extends Ratios {
  readonly operation: OperationName;
  readonly concurrency: number;
  readonly contender: string;
  readonly opsPerSecond: number;
  readonly cpuMicrosPerOp: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** The same to pg with BEGIN and COMMIT awaited; null where that takes no part. */
  readonly toTransaction: Ratios | null;
}

export interface Plan {
  readonly rounds: number;
  readonly sliceMs: number;
  /** Operations of each contender before it is measured: by time, a busy machine would measure cold code. */
  readonly warmUp: number;
  readonly callers: readonly number[];
}

/** Holds all contenders to the same results. Throws if one returns something else. */
export async function checkEqual(processes: readonly ContenderProcess[]): Promise<void> {
  for (const operation of OPERATIONS) {
    const [first, ...others] = takingPart(processes, operation);
    const expected = await first!.sample(operation);
    for (const process of others) {
      const sample = await process.sample(operation);
      if (sample === expected) continue;
      throw new Error(
        `${operation}: ${process.name} does not return what ${first!.name} returns:\n${sample}\n${expected}`,
      );
    }
  }
}

/** Measures one operation: a slice of each contender in turn, round after round. */
export async function measure(
  all: readonly ContenderProcess[],
  operation: OperationName,
  concurrency: number,
  plan: Plan,
): Promise<readonly Measurement[]> {
  const processes = takingPart(all, operation);
  for (const process of processes) {
    for (let done = 0; done < plan.warmUp;) {
      done += (await process.slice(operation, concurrency, plan.sliceMs)).operations;
    }
  }
  const rounds: ReadonlyMap<string, SliceResult>[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    const results = new Map<string, SliceResult>();
    // Whoever goes first in one round goes last in the next.
    const order = round % 2 === 0 ? processes : [...processes].reverse();
    for (const process of order) results.set(process.name, await process.slice(operation, concurrency, plan.sliceMs));
    rounds.push(results);
  }
  const ratios = (name: string, reference: string): Ratios => {
    const ratio = (of: (result: SliceResult) => number): Spread =>
      spread(rounds.map((results) => of(results.get(name)!) / of(results.get(reference)!)));
    return { cpuRatio: ratio(cpuPerOp), opsRatio: ratio(opsPerSecond) };
  };
  return processes.map(({ name }) => {
    const own = rounds.map((results) => results.get(name)!);
    return {
      operation,
      concurrency,
      contender: name,
      opsPerSecond: spread(own.map(opsPerSecond)).median,
      cpuMicrosPerOp: spread(own.map(cpuPerOp)).median,
      p50Micros: spread(own.map(({ p50Micros }) => p50Micros)).median,
      p99Micros: spread(own.map(({ p99Micros }) => p99Micros)).median,
      ...ratios(name, REFERENCE),
      toTransaction: lines[operation].includes(TRANSACTION) ? ratios(name, TRANSACTION) : null,
    };
  });
}

function takingPart(processes: readonly ContenderProcess[], operation: OperationName): readonly ContenderProcess[] {
  return processes.filter(({ name }) => lines[operation].includes(name));
}

function opsPerSecond({ operations, wallMs }: SliceResult): number {
  return operations / (wallMs / 1_000);
}

function cpuPerOp({ operations, cpuMicros }: SliceResult): number {
  return cpuMicros / operations;
}
