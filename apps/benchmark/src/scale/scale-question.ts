import type { WorkFigures } from './run-work.js';
import type { ScaleTask } from './scale-task.js';

/** What a contender's process is asked. */
export interface ScaleQuestion {
  readonly task: ScaleTask;
  /** Null asks for the result of one call: the ids of its rows. */
  readonly slice: { readonly callers: number; readonly ms: number } | null;
}

export type ScaleAnswer = { readonly figures: WorkFigures } | { readonly ids: readonly string[] };
