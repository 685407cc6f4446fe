import type { Plan } from '../specs/spec.js';
import type { Statement } from '../wire/statement.js';

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * What a write asks for, as a text that is equal for equal writes: its statements and their values, but for the keys that
 * were made here, which differ each time, and for the columns that it returns, which are others when the entity has grown.
 */
export function payloadOf(plan: Plan<unknown>): string {
  const { statement, values, before = [] } = plan;
  const own = new Set(plan.minted?.());
  const parts = [...before, { statement, values }].map((step) => [
    withoutColumns(step.statement),
    step.values.map((value) =>
      own.size === 0 ? value : (value?.replaceAll(uuids, (id) => (own.has(id) ? '' : id)) ?? null),
    ),
  ]);
  return JSON.stringify(parts);
}

/** Without the list of its columns, whatever the rows are called that they are of. */
function withoutColumns({ sql, format }: Statement): string {
  if (format === null || format.columns.length === 0) return sql;
  const columns = format.columns.map((column) => `(?:[\\w"#]+\\.)?${column.sql.replaceAll(special, '\\$&')}`);
  return sql.replaceAll(new RegExp(columns.join(', '), 'g'), '*');
}

const special = /[\\^$.*+?()[\]{}|]/g;
