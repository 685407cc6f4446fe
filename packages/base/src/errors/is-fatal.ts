import { rowOf } from './classification.js';
import { sqlStateOf } from './sql-state.js';

/**
 * Whether a connection ended with an error, as far as the error alone can tell. pg hands on the severity as the server
 * writes it for people, in the language of `lc_messages`, so the code decides where it can.
 */
export function isFatal(error: unknown): boolean {
  if (sqlStateOf(error) === null) return true;
  const { severity } = error as { readonly severity?: unknown };
  if (severity === 'FATAL' || severity === 'PANIC') return true;
  const row = rowOf(error);
  if (row === null) return false;
  return row.includes('gone') || (row.includes('gone-unless-error') && severity !== 'ERROR');
}
