import { AskedProcess } from '../asked-process.js';
import type { Round } from './overhead.js';
import { seededOrder } from './seeded-order.js';
import type { SliceLength } from './time-calls.js';

export interface OverheadPlan {
  readonly rounds: number;
  readonly slice: SliceLength;
  /** Runs before every slice and is not counted: a process that has rested while others ran is slower at first. */
  readonly leadIn: SliceLength;
  /** By calls: by time, a busy machine would measure cold code. */
  readonly warmUp: SliceLength;
  /** Decides who follows whom. */
  readonly seed: number;
}

/**
 * Times one call of each contender, a slice of each in every round, in another order each time. Each has a process of its
 * own: inline caches that others have used would be slower, and AsyncLocalStorage, once somebody uses it, makes every
 * promise of its process dearer, those of the bare call too. So what a contender does to its whole process counts as its own.
 */
export async function compareOverheads(contenders: readonly string[], plan: OverheadPlan): Promise<readonly Round[]> {
  const program = new URL('./overhead-main.js', import.meta.url);
  const inOrder = seededOrder(plan.seed);
  const processes: AskedProcess<SliceLength, { readonly nanos: number }>[] = [];
  const rounds: Round[] = [];
  try {
    for (const contender of contenders) {
      const process = await AskedProcess.start<SliceLength, { readonly nanos: number }>(program, [contender]);
      processes.push(process);
      await process.ask(plan.warmUp);
    }
    while (rounds.length < plan.rounds) {
      const round = new Map<string, number>();
      for (const process of inOrder(processes)) {
        await process.ask(plan.leadIn);
        round.set(process.name, (await process.ask(plan.slice)).nanos);
      }
      rounds.push(round);
    }
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
  }
  return rounds;
}
