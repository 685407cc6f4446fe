import { systemClock } from '@holdfast/operation';
import { checkArgument, isAmount } from '../check-argument.js';
import type { TimeoutArgs } from './timeout-args.js';

/** TimeoutArgs with every default filled in and every value checked; to abandon is to wait for 0 milliseconds. */
export type TimeoutSettings = Readonly<Required<Omit<TimeoutArgs, 'mode'>>>;

export function timeoutSettings(args: TimeoutArgs): TimeoutSettings {
  const { timeoutMs, mode = 'cooperative', graceMs, outcome = 'unknown', clock = systemClock } = args;
  check(isAmount(timeoutMs) && timeoutMs > 0, 'timeoutMs', 'a number of milliseconds above 0', timeoutMs);
  check(mode === 'cooperative' || mode === 'abandon', 'mode', "'cooperative' or 'abandon'", mode);
  check(
    graceMs === undefined || (isAmount(graceMs) && mode === 'cooperative'),
    'graceMs',
    "a number of milliseconds from 0, in the mode 'cooperative'",
    graceMs,
  );
  check(outcome === 'unknown' || outcome === 'not-committed', 'outcome', "'unknown' or 'not-committed'", outcome);
  return Object.freeze({ timeoutMs, graceMs: graceMs ?? (mode === 'abandon' ? 0 : 1000), outcome, clock });
}

function check(right: boolean, name: string, expected: string, value: unknown): void {
  checkArgument('TimeoutPolicy', right, name, expected, value);
}
