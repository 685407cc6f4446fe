import { type StatementWrite, withinScope, writeSpec } from '@holdfast/base';
import type { KernelId, ResourceSlot } from '@holdfast/domain-types';
import {
  type ColumnType,
  columnType,
  compileScope,
  encodeList,
  ownRows,
  type Scope,
  SqlWriter,
} from '@holdfast/querier';
import { KernelRow } from './kernel-row.js';
import { ownedScope } from './owned-scope.js';
import { ResourceAllocationRow } from './resource-allocation-row.js';
import { allocationRowLevelSecurity } from './session-row-level-security.js';
import type { SessionRow } from './session-row.js';

/** What a new kernel holds, besides what it has asked for. */
export interface NewAllocation {
  readonly kernelId: KernelId;
  /** Null: nothing was used yet. */
  readonly usedSlots: ResourceSlot | null;
  readonly freedAt: Date | null;
}

const uuid = columnType('uuid');
const jsonb = columnType('jsonb');
const time = columnType('timestamptz');

/** Notes what new kernels have asked for, slot by slot, as their rows say it. */
export function allocateSlots(scope: Scope<SessionRow>, allocations: readonly NewAllocation[]): StatementWrite<void> {
  const spec = writeSpec('allocateSlots', (catalog) => {
    const writer = new SqlWriter();
    const list = (type: ColumnType, values: readonly unknown[]): string =>
      writer.text(encodeList(type, values, '/kernels', true), `${type.sql}[]`);
    const ids = list(
      uuid,
      allocations.map(({ kernelId }) => kernelId),
    );
    const used = list(
      jsonb,
      allocations.map(({ usedSlots }) => usedSlots),
    );
    const freed = list(
      time,
      allocations.map(({ freedAt }) => freedAt),
    );
    const kernels = catalog.mappingOf(KernelRow);
    const within = compileScope(ownRows(kernels, 'k'), ownedScope<KernelRow>(scope), writer);
    const mapping = catalog.mappingOf(ResourceAllocationRow);
    const sql = `
      INSERT INTO ${mapping.table}
        (kernel_id, slot_name, requested, used, freed_at, domain_name, group_id, user_uuid, access_key)
      SELECT k.id, slot.name, coalesce((k.requested_slots ->> slot.name)::numeric, 0),
             CASE WHEN n.used IS NOT NULL THEN coalesce((n.used ->> slot.name)::numeric, 0) END,
             n.freed_at, k.domain_name, k.group_id, k.user_uuid, k.access_key
      FROM unnest(${ids}, ${used}, ${freed}) n (id, used, freed_at)
      JOIN ${kernels.table} k ON k.id = n.id AND ${within}
      CROSS JOIN LATERAL (
        SELECT jsonb_object_keys(k.requested_slots) UNION SELECT jsonb_object_keys(n.used)) slot (name)`;
    return { statement: mapping.returningNothing(sql), values: writer.values, finish: () => undefined };
  });
  return withinScope({ rowLevelSecurity: allocationRowLevelSecurity }, ownedScope<ResourceAllocationRow>(scope), spec, {
    relations: false,
    existenceChecks: false,
  });
}
