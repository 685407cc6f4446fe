import { type RowSink, rowSink } from '../../wire/row-sink.js';
import type { Step } from '../../wire/statement.js';
import type { Plan } from '../spec.js';

/** One statement for each group of rows, all under one Sync; `finish` gets what each one answered. At least one. */
export function groupedPlan<Result>(
  steps: readonly Step[],
  finish: (answers: readonly RowSink[]) => Result,
): Pick<Plan<Result>, 'statement' | 'values' | 'before' | 'finish'> {
  const { statement, values } = steps.at(-1)!;
  const before = steps.slice(0, -1).map((step) => ({ ...step, into: rowSink() }));
  return { statement, values, before, finish: (last) => finish([...before.map(({ into }) => into), last]) };
}
