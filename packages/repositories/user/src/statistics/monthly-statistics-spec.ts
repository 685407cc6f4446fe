import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import { resourceSlotFromRow, type UserId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import type { CallOptions } from '@holdfast/operation';
import { columnType, compileScope, encodeValue, freeze, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import { seeingAll } from '../seeing-all.js';
import { UserNotFound } from '../user-not-found.js';
import { UserRow } from '../user-row.js';
import type { MonthlyStatistics, UsageBin } from './monthly-statistics.js';
import { BINS, statisticsSql } from './statistics-sql.js';

/** What statistics may be told. */
export interface StatisticsOptions extends CallOptions {
  /** The moment that the 30 days end at. Default: now, by the clock of the database. */
  readonly end?: Date;
}

const BIN_MS = 15 * 60_000;

const timestamp = columnType('timestamptz');
const int = columnType('int');
const format = {
  columns: [
    { property: 'beyond', sql: 'beyond', type: timestamp, nullable: false },
    { property: 'sessions', sql: 'sessions', type: int, nullable: false },
    { property: 'kernels', sql: 'kernels', type: int, nullable: false },
    { property: 'allocated', sql: 'allocated', type: columnType('jsonb'), nullable: false },
  ],
  extra: [],
  keys: [],
  leads: 0,
};

interface BinRow {
  readonly beyond: Date;
  readonly sessions: number;
  readonly kernels: number;
  readonly allocated: Readonly<Record<string, string>>;
}

/**
 * What one user of a scope used, or all of them (null), in one statement, over tables of another package: `kernels` (id,
 * user_uuid, session_id, status, scheduled_at, terminated_at) and `resource_allocations` (kernel_id, slot_name, requested,
 * used, freed_at). What deleted users used, they have used.
 */
export function monthlyStatistics(
  scope: Scope<UserRow>,
  id: UserId | null,
  { end }: StatisticsOptions = {},
): ReadSpec<MonthlyStatistics> {
  const spec = readSpec('getMonthlyStatistics', (catalog) => {
    const mapping = catalog.mappingOf(UserRow);
    const writer = new SqlWriter();
    const moment = end === undefined ? `date_trunc('milliseconds', now())` : endText(end, writer);
    const own = compileScope(ownRows(mapping, 'u'), scope, writer);
    const one = id === null ? '' : ` AND u.id = ${writer.element(mapping.key.type, id, '/id')}`;
    const users = `SELECT u.id FROM ${mapping.table} u WHERE ${own}${one}`;
    return {
      statement: mapping.returning(statisticsSql(users, moment, id !== null), format).plannedAnew,
      values: writer.values,
      finish({ rows }): MonthlyStatistics {
        if (rows.length !== BINS) throw new UserNotFound(id);
        return statisticsOf(rows as readonly BinRow[]);
      },
    };
  });
  // Whose kernels count, the statement says by their users, who are of the scope.
  return seeingAll(withinScope({}, scope, spec, { relations: false }));
}

function endText(end: Date, writer: SqlWriter): string {
  if (!(end instanceof Date) || Number.isNaN(end.getTime())) {
    throw new InvalidInput('INVALID_VALUE', 'Statistics end at a moment, a Date.', '/end');
  }
  return writer.text(encodeValue(timestamp, end, '/end'), timestamp.sql);
}

function statisticsOf(rows: readonly BinRow[]): MonthlyStatistics {
  const end = rows[0]!.beyond;
  const from = end.getTime() - BINS * BIN_MS;
  const bins = rows.map(({ sessions, kernels, allocated }, i): UsageBin => ({
    start: new Date(from + i * BIN_MS),
    sessions,
    kernels,
    allocated: resourceSlotFromRow(allocated),
  }));
  return freeze({ start: new Date(from), end, bins });
}
