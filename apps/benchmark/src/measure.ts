import type { ContenderProcess } from './contender-process.js';
import { OURS, REFERENCE } from './contenders/index.js';
import { isOfMany, isRead, type OperationName } from './operation-name.js';
import type { Measured } from './measured.js';

export interface Plan {
  /** Of each start. */
  readonly rounds: number;
  readonly sliceMs: number;
  /**
   * Each contender runs an operation so often before it is measured, but for no more CPU time than that: by the clock, a busy
   * machine would measure cold code.
   */
  readonly warmUp: WarmUp;
}

interface WarmUp {
  readonly operations: number;
  readonly cpuMs: number;
  /** CPU time for batches by ids before that, on rows that are not there. Default 0. */
  readonly rehearsalMs?: number;
}

/** A call of many rows warms up as much as so many of one, and takes so many times as long a slice: there are few of them. */
const WARMS_UP_LIKE = 20;
const SLICES_OF_MANY = 4;
/** Who takes longer for one slice is left out of an operation: the others would wait for it in every round. */
const LONGEST_SLICE_MS = 10_000;
const ALWAYS = [OURS, REFERENCE];

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
  const turns: (readonly [operation: OperationName, process: ContenderProcess])[] = [];
  for (const operation of measured.operations) {
    for (const process of processes.filter((one) => one.takesPartIn(operation))) {
      if (measured.isLeftOut(operation, process.name)) continue;
      await process.ask({ ask: 'prepare', operation, callers });
      if (await warmUp(process, operation, callers, plan)) turns.push([operation, process]);
      else measured.leaveOut(operation, process.name);
    }
  }
  await settle();
  for (let number = 0; number < plan.rounds; number++) {
    for (const [operation, process] of measured.nextRound(turns)) {
      const slice = await process.ask({ ask: 'slice', operation, callers, ms: sliceMsOf(operation, plan) });
      measured.add(operation, process.name, slice);
    }
    if (!measured.operations.every(isRead)) await settle();
  }
}

function sliceMsOf(operation: OperationName, { sliceMs }: Plan): number {
  return isOfMany(operation) ? SLICES_OF_MANY * sliceMs : sliceMs;
}

/** Whether a contender is fast enough to take part; the two that all others are compared with always do. */
async function warmUp(
  process: ContenderProcess,
  operation: OperationName,
  callers: number,
  plan: Plan,
): Promise<boolean> {
  const { operations, cpuMs, rehearsalMs = 0 } = plan.warmUp;
  if (rehearsalMs > 0) await process.ask({ ask: 'rehearse', operation, callers, cpuMs: rehearsalMs });
  const weight = isOfMany(operation) ? WARMS_UP_LIKE : 1;
  for (let done = 0, took = 0; done < operations && took < cpuMs;) {
    const slice = await process.ask({ ask: 'slice', operation, callers, ms: sliceMsOf(operation, plan) });
    if (slice.wallMs > LONGEST_SLICE_MS && !ALWAYS.includes(process.name)) return false;
    done += slice.operations * weight;
    took += slice.cpuMicros / 1_000;
  }
  return true;
}
