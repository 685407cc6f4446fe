import { rowOf } from './classification.js';
import { driverCause } from './driver-cause.js';
import type { Phase } from './phase.js';

/**
 * Whether an error makes the idle connections of its pool suspect: the server went away or stops, or takes no writes any
 * more. Each of them would cost a call that fails. `error` is pg's, or one of ours that was made of it. An attempt to
 * connect that failed says nothing of the connections that there are.
 */
export function evictsPool(error: unknown, phase: Phase): boolean {
  const row = rowOf(driverCause(error));
  if (row === null || row.includes('not-sent') || phase === 'not-sent') return false;
  return row.includes('evicts') || (row.includes('evicts-if-writing') && phase !== 'reading');
}
