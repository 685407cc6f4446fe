import { columnType, type ColumnShape } from '@holdfast/querier';
import { AdvisoryLockNotAvailable } from '../errors/advisory-lock-not-available.js';
import { LockNotAvailable } from '../errors/database-error.js';
import { lockSpec, type StatementWrite } from '../specs/spec.js';
import { Statement } from '../wire/statement.js';
import { advisoryLockKey } from './advisory-lock-key.js';

const locked: ColumnShape = { property: 'locked', sql: 'locked', type: columnType('boolean'), nullable: false };

const wait = new Statement('SELECT pg_advisory_xact_lock($1::bigint)', null);
const ask = new Statement('SELECT pg_try_advisory_xact_lock($1::bigint)', {
  columns: [locked],
  extra: [],
  keys: [],
  leads: 0,
});

/** Takes an advisory lock for the rest of the transaction that it is executed in. */
export function advisoryLockSpec(name: string, noWait: boolean): StatementWrite<void> {
  return lockSpec('lock', () => ({
    statement: noWait ? ask : wait,
    values: [advisoryLockKey(name)],
    finish({ rows }) {
      if (noWait && !(rows[0] as { locked: boolean }).locked) throw new AdvisoryLockNotAvailable(name);
    },
    failure: (error) => (error instanceof LockNotAvailable ? new AdvisoryLockNotAvailable(name, error.cause) : error),
  }));
}
