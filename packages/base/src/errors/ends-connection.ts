import { rowOf } from './classification.js';
import { driverCause } from './driver-cause.js';
import { isFatal } from './is-fatal.js';

/**
 * Whether the connection that an error came from is gone, or must be closed rather than used again: an error of pg's, or
 * one of ours that was made of it. False for errors of anybody else.
 */
export function endsConnection(error: unknown): boolean {
  const cause = driverCause(error);
  if (!(cause instanceof Error)) return false;
  const row = rowOf(cause);
  return row === null ? isFatalAnswer(cause) : row.includes('close') || row.includes('gone') || isFatalAnswer(cause);
}

function isFatalAnswer(error: Error): boolean {
  return 'severity' in error && isFatal(error);
}
