import { Misuse } from '@holdfast/errors';
import type { CallOptions } from '@holdfast/operation';
import { Unscoped } from '@holdfast/querier';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import { everybodysRows } from '../row-level-security/row-scope-settings.js';
import { Statement, type Step } from '../wire/statement.js';
import type { Isolation } from './isolation.js';
import type { ReadSessionOptions, WriteSessionOptions } from './session-options.js';

const step = (sql: string): Step => ({ statement: new Statement(sql, null), values: [] });

const beginRead = step('BEGIN READ ONLY');
const beginSnapshot = step('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
const beginWrite: Readonly<Record<Isolation, Step>> = {
  'read committed': step('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE'),
  'repeatable read': step('BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE'),
  serializable: step('BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE'),
};
const setLockTimeout = new Statement(`SELECT set_config('lock_timeout', $1::text, true)`, null);
const setStatementTimeout = new Statement(`SELECT set_config('statement_timeout', $1::text, true)`, null);

/** Begins one that finds out about another, for whose end it waits a quarter of a second, and then asks again. */
export const beginBriefly: readonly Step[] = [
  beginWrite['read committed'],
  { statement: setLockTimeout, values: ['250ms'] },
];
/** Begins a transaction as the server is set. */
export const BEGIN: Step = step('BEGIN');
export const COMMIT: Step = step('COMMIT');
export const ROLLBACK: Step = step('ROLLBACK');

/** What rides in front of the first statement of a transaction that reads. */
export function readBeginning(
  options: Omit<ReadSessionOptions, keyof CallOptions>,
  catalog: EntityCatalog,
): readonly Step[] {
  const begin = options.snapshot === true ? beginSnapshot : beginRead;
  return [begin, ...rowScopeOf(options, catalog), ...statementTimeoutOf(options)];
}

/** What rides in front of the first statement of a transaction that writes. */
export function writeBeginning(
  options: Omit<WriteSessionOptions, keyof CallOptions>,
  catalog: EntityCatalog,
): readonly Step[] {
  const { isolation = 'read committed' } = options;
  if (!Object.hasOwn(beginWrite, isolation)) throw new Misuse(`There is no isolation ${isolation}.`);
  return [
    beginWrite[isolation],
    ...rowScopeOf(options, catalog),
    ...statementTimeoutOf(options),
    ...timeout('lockTimeoutMs', setLockTimeout, options.lockTimeoutMs),
  ];
}

function statementTimeoutOf({ statementTimeoutMs }: Pick<ReadSessionOptions, 'statementTimeoutMs'>): readonly Step[] {
  return timeout('statementTimeoutMs', setStatementTimeout, statementTimeoutMs);
}

function timeout(name: string, statement: Statement, ms: number | undefined): readonly Step[] {
  if (ms === undefined) return [];
  if (Number.isSafeInteger(ms) && ms >= 1) return [{ statement, values: [`${ms}ms`] }];
  throw new Misuse(`${name} must be a whole number of milliseconds, at least 1.`);
}

function rowScopeOf({ rowScope }: Pick<ReadSessionOptions, 'rowScope'>, catalog: EntityCatalog): readonly Step[] {
  if (rowScope === undefined) return [];
  return [Unscoped.isUnscoped(rowScope) ? everybodysRows : rowScope.settings(catalog)];
}
