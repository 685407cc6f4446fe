import { Misuse } from '@holdfast/errors';
import { DatabaseError } from '../errors/database-error.js';
import { OPERATION_TABLE } from './operation-table.js';

const UNDEFINED_TABLE = '42P01';

/** Misuse in place of an error that says that there is no table of keys; any other error as it is. */
export function missingTable(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.sqlState !== UNDEFINED_TABLE) return error;
  if (!(error.cause instanceof Error) || !error.cause.message.includes(OPERATION_TABLE)) return error;
  return new Misuse(
    `There is no table ${OPERATION_TABLE}: put operationKeyMigrations into the migrations of the application.`,
    error,
  );
}
