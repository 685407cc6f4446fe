import { type ReadSpec, readSpec } from '@holdfast/base';
import type { KernelId } from '@holdfast/domain-types';
import { columnType, SqlWriter } from '@holdfast/querier';
import { KernelUsageRow } from './kernel-usage-row.js';

const uuid = columnType('uuid');
const time = columnType('timestamptz');
const columns = [
  { property: 'kernelId', sql: 'kernel_id', type: uuid, nullable: false },
  { property: 'periodEnd', sql: 'period_end', type: time, nullable: false },
];

/** Up to when kernels were observed; those that never were are left out. */
export function observedUntil(kernels: readonly KernelId[]): ReadSpec<ReadonlyMap<KernelId, Date>> {
  return readSpec('recordObservation', (catalog) => {
    const records = catalog.mappingOf(KernelUsageRow);
    const writer = new SqlWriter();
    const given = writer.list(uuid, kernels, '/kernels');
    const sql =
      `SELECT k.id, last.period_end FROM unnest(${given}) AS k (id) CROSS JOIN LATERAL (` +
      `SELECT period_end FROM ${records.table} WHERE kernel_id = k.id ORDER BY period_start DESC LIMIT 1) last`;
    return {
      statement: records.returning(sql, { columns, extra: [], keys: [], leads: 0 }),
      values: writer.values,
      finish: ({ rows }) =>
        new Map((rows as readonly KernelUsageRow[]).map((row) => [row.kernelId, row.periodEnd] as const)),
    };
  });
}
