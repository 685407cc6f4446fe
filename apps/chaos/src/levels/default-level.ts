import { isHoldfastError } from '@holdfast/errors';
import { isGivenUp } from '@holdfast/operation';
import type { Level } from './level.js';

/** L1: Holdfast as it is by default, under a caller who retries as RetryPolicy does. */
export const defaultLevel: Level = {
  name: 'L1',
  options: () => ({}),
  after(error) {
    if (!isHoldfastError(error)) return 'failed';
    if (error.outcome === 'unknown') return 'ambiguous';
    if (error.outcome === 'committed') return 'acknowledged';
    return error.retryable && !isGivenUp(error) ? 'again' : 'failed';
  },
  broken: ({ duplicates, lost, failedButCommitted }) => [
    ...(duplicates > 0 ? [`${duplicates} writes are there twice`] : []),
    ...(lost > 0 ? [`${lost} acknowledged writes are not there`] : []),
    ...(failedButCommitted > 0 ? [`${failedButCommitted} failed writes are there`] : []),
  ],
};
