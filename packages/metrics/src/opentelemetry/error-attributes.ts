import type { Attributes } from '@opentelemetry/api';
import { errorType } from './error-type.js';
import { sqlStateOf } from './sql-state.js';

/** What spans and their events say of an error. */
export function errorAttributes(error: unknown): Attributes {
  const sqlState = sqlStateOf(error);
  const type = { 'error.type': errorType(error) };
  return sqlState === null ? type : { ...type, 'holdfast.sql_state': sqlState };
}
