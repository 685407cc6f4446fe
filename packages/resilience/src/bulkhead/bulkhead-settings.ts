import { systemClock } from '@holdfast/operation';
import { checkArgument, isAmount } from '../check-argument.js';
import type { BulkheadArgs } from './bulkhead-args.js';

/** BulkheadArgs with every default filled in and every value checked. */
export type BulkheadSettings = Readonly<Required<BulkheadArgs>>;

export function bulkheadSettings(args: BulkheadArgs): BulkheadSettings {
  const { maxConcurrent, maxQueued = 0, maxWaitMs = null, label = 'bulkhead', clock = systemClock } = args;
  check(Number.isInteger(maxConcurrent) && maxConcurrent >= 1, 'maxConcurrent', 'an integer from 1', maxConcurrent);
  check(Number.isInteger(maxQueued) && maxQueued >= 0, 'maxQueued', 'an integer from 0', maxQueued);
  check(
    maxWaitMs === null || (isAmount(maxWaitMs) && maxWaitMs > 0),
    'maxWaitMs',
    'a number of milliseconds above 0, or null',
    maxWaitMs,
  );
  check(typeof label === 'string' && label !== '', 'label', 'a text', label);
  return Object.freeze({ maxConcurrent, maxQueued, maxWaitMs, label, clock });
}

function check(right: boolean, name: string, expected: string, value: unknown): void {
  checkArgument('BulkheadPolicy', right, name, expected, value);
}
