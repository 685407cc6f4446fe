import type { Round } from './comparison.js';
import type { ContenderProcess } from './contender-process.js';
import { isOfMany, isRead, type OperationName } from './operation-name.js';
import type { SliceResult } from './slice.js';

export interface Plan {
  /** Of each start. */
  readonly rounds: number;
  readonly sliceMs: number;
  /**
   * Each contender runs an operation so often before it is measured, but for no more CPU time than that: by the clock, a busy
   * machine would measure cold code.
   */
  readonly warmUp: { readonly operations: number; readonly cpuMs: number };
}

/** What is known so far of operations that are measured together. */
export class Measured {
  /** For each operation the rounds, with a slice of each contender that is not left out. */
  readonly rounds: ReadonlyMap<OperationName, Map<string, SliceResult>[]>;
  /** Those who took too long. */
  readonly leftOut: ReadonlySet<string>;
  readonly #leftOut = new Set<string>();

  constructor(operations: readonly OperationName[]) {
    this.rounds = new Map(operations.map((operation) => [operation, []]));
    this.leftOut = this.#leftOut;
  }

  /** The operations that there are rounds of. */
  get seen(): readonly (readonly [operation: OperationName, rounds: readonly Round[]])[] {
    return [...this.rounds].filter(([, rounds]) => rounds.length > 0);
  }

  /** Leaves one out of all rounds, those that were measured too. */
  leaveOut(name: string): void {
    this.#leftOut.add(name);
    for (const rounds of this.rounds.values()) for (const round of rounds) round.delete(name);
  }
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
  plan: Plan & { readonly callers: number },
  measured: Measured,
  settle: () => Promise<void>,
): Promise<void> {
  const { callers } = plan;
  const operations = [...measured.rounds.keys()];
  const turns: (readonly [operation: OperationName, process: ContenderProcess])[] = [];
  for (const operation of operations) {
    for (const process of processes.filter((one) => one.takesPartIn(operation) && !measured.leftOut.has(one.name))) {
      await process.ask({ ask: 'prepare', operation, callers });
      if (await warmUp(process, operation, callers, plan)) turns.push([operation, process]);
      else measured.leaveOut(process.name);
    }
  }
  await settle();
  for (let number = 0; number < plan.rounds; number++) {
    for (const rounds of measured.rounds.values()) rounds.push(new Map());
    // Whoever goes first in one round goes last in the next.
    for (const [operation, process] of number % 2 === 0 ? turns : [...turns].reverse()) {
      if (measured.leftOut.has(process.name)) continue;
      const slice = await process.ask({ ask: 'slice', operation, callers, ms: sliceMsOf(operation, plan) });
      measured.rounds.get(operation)!.at(-1)!.set(process.name, slice);
    }
    if (!operations.every(isRead)) await settle();
  }
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
