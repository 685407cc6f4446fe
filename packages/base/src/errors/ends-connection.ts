import { rowOf } from './classification.js';
import { driverCause } from './driver-cause.js';
import { isFatal } from './is-fatal.js';

/**
 * Whether the connection that an error came from is gone, or must be closed rather than used again: an error of pg's, or
 * one of ours that was made of it. False for errors of anybody else.
 */
export function endsConnection(error: unknown): boolean {
  const cause = driverCause(error);
  const row = rowOf(cause);
  if (row !== null && (row.includes('close') || row.includes('gone'))) return true;
  return typeof cause === 'object' && cause !== null && 'severity' in cause && isFatal(cause);
}
