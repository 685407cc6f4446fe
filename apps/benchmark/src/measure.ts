import type { Round } from './comparison.js';
import type { ContenderProcess } from './contender-process.js';
import { isOfMany, isRead, type OperationName } from './operation-name.js';
import type { SliceResult } from './slice.js';

export interface Plan {
  readonly rounds: number;
  readonly sliceMs: number;
  /**
   * Each contender runs an operation so often before it is measured, but for no more CPU time than that: by the clock, a busy
   * machine would measure cold code.
   */
  readonly warmUp: { readonly operations: number; readonly cpuMs: number };
}

export interface Measured {
  /** For each operation the rounds, with a slice of each contender. */
  readonly rounds: ReadonlyMap<OperationName, readonly Round[]>;
  /** Those who took too long. */
  readonly leftOut: readonly string[];
}

/** A call of many rows warms up as much as so many of one, and takes so many times as long a slice: there are few of them. */
const WARMS_UP_LIKE = 20;
const SLICES_OF_MANY = 4;
/** Who takes longer for one slice is left out of an operation: the others would wait for it in every round. */
const LONGEST_SLICE_MS = 10_000;

/**
 * Measures operations: a slice of each operation of each contender in turn, round after round. `settle` readies the
 * table before, and after each round that writes.
 */
export async function measure(
  processes: readonly ContenderProcess[],
  operations: readonly OperationName[],
  callers: number,
  plan: Plan,
  settle: () => Promise<void>,
): Promise<Measured> {
  const turns: (readonly [operation: OperationName, process: ContenderProcess])[] = [];
  const leftOut: string[] = [];
  for (const operation of operations) {
    for (const process of processes.filter((one) => one.takesPartIn(operation))) {
      await process.ask({ ask: 'prepare', operation, callers });
      if (await warmUp(process, operation, callers, plan)) turns.push([operation, process]);
      else leftOut.push(process.name);
    }
  }
  await settle();
  const rounds = new Map(operations.map((operation) => [operation, [] as Map<string, SliceResult>[]]));
  for (let number = 0; number < plan.rounds; number++) {
    for (const all of rounds.values()) all.push(new Map());
    // Whoever goes first in one round goes last in the next.
    for (const [operation, process] of number % 2 === 0 ? turns : [...turns].reverse()) {
      const slice = await process.ask({ ask: 'slice', operation, callers, ms: sliceMsOf(operation, plan) });
      rounds.get(operation)!.at(-1)!.set(process.name, slice);
    }
    if (!operations.every(isRead)) await settle();
  }
  return { rounds, leftOut };
}

function sliceMsOf(operation: OperationName, { sliceMs }: Plan): number {
  return isOfMany(operation) ? SLICES_OF_MANY * sliceMs : sliceMs;
}

/** Whether a contender is fast enough to take part. */
async function warmUp(
  process: ContenderProcess,
  operation: OperationName,
  callers: number,
  plan: Plan,
): Promise<boolean> {
  const { operations, cpuMs } = plan.warmUp;
  const weight = isOfMany(operation) ? WARMS_UP_LIKE : 1;
  for (let done = 0, took = 0; done < operations && took < cpuMs;) {
    const slice = await process.ask({ ask: 'slice', operation, callers, ms: sliceMsOf(operation, plan) });
    if (slice.wallMs > LONGEST_SLICE_MS) return false;
    done += slice.operations * weight;
    took += slice.cpuMicros / 1_000;
  }
  return true;
}
