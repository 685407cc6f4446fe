import { type StatementWrite, writeSpec } from '@holdfast/base';
import { columnType, type ColumnShape } from '@holdfast/querier';
import type { KernelSlice } from './kernel-slice.js';
import { KernelUsageRow } from './kernel-usage-row.js';
import { ParameterLists } from './parameter-lists.js';

const [uuid, text, time, jsonb] = ['uuid', 'text', 'timestamptz', 'jsonb'].map((name) => columnType(name));
const recorded: readonly ColumnShape[] = [
  { property: 'kernelId', sql: 'kernel_id', type: uuid!, nullable: false },
  { property: 'periodStart', sql: 'period_start', type: time!, nullable: false },
];

/** Records slices that are not there yet; returns which of them, by their place. */
export function storeSlices(slices: readonly KernelSlice[]): StatementWrite<readonly number[]> {
  return writeSpec('recordObservation', (catalog) => {
    const records = catalog.mappingOf(KernelUsageRow);
    const lists = new ParameterLists(slices);
    const given = [
      lists.of(uuid!, ({ kernel }) => kernel.kernelId),
      lists.of(time!, ({ slice }) => slice.periodStart),
      lists.of(time!, ({ slice }) => slice.periodEnd),
      lists.of(text!, ({ kernel }) => kernel.resourceGroupName),
      lists.of(text!, ({ kernel }) => kernel.domainName),
      lists.of(uuid!, ({ kernel }) => kernel.projectId),
      lists.of(uuid!, ({ kernel }) => kernel.userUuid),
      lists.of(jsonb!, ({ slice }) => slice.resourceUsage),
    ];
    const sql =
      `INSERT INTO ${records.table} (kernel_id, period_start, period_end, resource_group_name, domain_name, ` +
      `project_id, user_uuid, resource_usage) SELECT * FROM unnest(${given.join(', ')}) ` +
      `ON CONFLICT (kernel_id, period_start) DO NOTHING RETURNING kernel_id, period_start`;
    return {
      statement: records.returning(sql, { columns: recorded, extra: [], keys: [], leads: 0 }),
      values: lists.writer.values,
      finish({ rows }): readonly number[] {
        const keys = new Set((rows as readonly KernelUsageRow[]).map((row) => keyOf(row.kernelId, row.periodStart)));
        // One that was given twice is there once: the first one is it.
        return slices.flatMap(({ kernel, slice }, i) =>
          keys.delete(keyOf(kernel.kernelId, slice.periodStart)) ? [i] : [],
        );
      },
    };
  });
}

function keyOf(kernelId: string, periodStart: Date): string {
  return `${kernelId} ${periodStart.getTime()}`;
}
