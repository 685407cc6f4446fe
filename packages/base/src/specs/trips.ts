import { everybodysRows } from '../row-level-security/row-scope-settings.js';
import { rowSink } from '../wire/row-sink.js';
import type { Step } from '../wire/statement.js';
import type { Ahead, Plan } from './spec.js';

/** A plan with the statements that ride in front of it. */
export interface Trip<Result> {
  readonly plan: Plan<Result>;
  readonly before: readonly Step[];
}

/** The trips of a plan that has something ahead of it. */
export interface Trips<Result> {
  /** What must end well before the other one is sent, or null. */
  readonly first: Trip<void> | null;
  readonly last: Trip<Result>;
}

/**
 * A write is not sent before it is known that all is there; a read that was made in vain does no harm. Checks see
 * everybody's rows; what comes after them sees its own, or else those of `otherwise`.
 */
export function tripsOf<Result>(
  plan: Plan<Result>,
  { settings, checks }: Ahead,
  writes: boolean,
  otherwise: Step,
): Trips<Result> {
  const before = [settings ?? otherwise, ...(plan.before ?? [])];
  if (checks === null) return { first: null, last: { plan, before } };
  if (writes) return { first: { plan: checks, before: [everybodysRows] }, last: { plan, before } };
  const { statement, values } = checks;
  const into = rowSink();
  const finish: Plan<Result>['finish'] = (sink) => {
    checks.finish(into);
    return plan.finish(sink);
  };
  return {
    first: null,
    last: { plan: { ...plan, finish }, before: [everybodysRows, { statement, values, into }, ...before] },
  };
}
