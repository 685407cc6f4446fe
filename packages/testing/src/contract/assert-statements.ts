import assert from 'node:assert/strict';
import type { Workload } from '@holdfast/base';
import type { WireCounter } from '../wire-counter.js';

/** What begins, ends and sets transactions, which is not counted. */
const AROUND =
  /^\s*(BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|RESET|DISCARD|SELECT (pg_catalog\.)?set_config\()/i;
/** What a transaction that begins is known by, should the answer to its COMMIT be lost. */
const IDENTITY = /^SELECT (pg_current_xact_id\(\)|\(SELECT system_identifier FROM pg_control_system\(\)\))/;

/** The numbers of rows for which statements are counted. */
export const SIZES: readonly number[] = [1, 100, 10_000];

/** Throws an AssertionError if a call about so many rows sends more statements than are declared. */
export async function assertStatements(
  counter: WireCounter,
  call: () => Promise<unknown>,
  rows: number,
  declared: (workload: Workload) => number,
): Promise<void> {
  const { statements } = await counter.during(call);
  const sent = statements.filter((sql) => !AROUND.test(sql) && !IDENTITY.test(sql));
  const most = declared({ rows });
  assert.equal(sent.length <= most, true, `${rows} rows took ${sent.length} statements, and ${most} are declared`);
}
