import { owned, type StatementWrite, withinScope, writeSpec } from '@holdfast/base';
import { type KernelId, resourceSlot, type ResourceSlot } from '@holdfast/domain-types';
import { columnType, compileScope, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import { KernelIsOver } from './kernel-is-over.js';
import { KernelNotFound } from './kernel-not-found.js';
import { KernelRow } from './kernel-row.js';
import { ResourceAllocationRow } from './resource-allocation-row.js';
import { rowFormat } from './row-format.js';
import { kernelRowLevelSecurity } from './session-row-level-security.js';

const format = rowFormat({ isOver: columnType('boolean') });

/** Notes what a kernel uses from now on, in place of what it has used: slots that are not named are not used. */
export function occupySlots(scope: Scope<KernelRow>, id: KernelId, slots: ResourceSlot): StatementWrite<void> {
  const spec = writeSpec('occupySlots', (catalog) => {
    const kernels = catalog.mappingOf(KernelRow);
    const allocations = catalog.mappingOf(ResourceAllocationRow);
    const writer = new SqlWriter();
    const used = writer.element(columnType('jsonb'), resourceSlot(slots, '/slots'), '/slots');
    // Locked, so that nothing is occupied by a kernel that is about to be over.
    const sql = `
      WITH kernel AS (
        SELECT k.*, k.status IN ('TERMINATED', 'CANCELLED') AS is_over FROM ${kernels.table} k
        WHERE k.id = ${writer.element(kernels.key.type, id, '/id')} AND ${compileScope(ownRows(kernels, 'k'), scope, writer)}
        FOR NO KEY UPDATE
      ), occupied AS (
        INSERT INTO ${allocations.table}
          (kernel_id, slot_name, requested, used, domain_name, group_id, user_uuid, access_key)
        SELECT k.id, slot.name, coalesce((k.requested_slots ->> slot.name)::numeric, 0),
               coalesce((${used} ->> slot.name)::numeric, 0), k.domain_name, k.group_id, k.user_uuid, k.access_key
        FROM kernel k CROSS JOIN LATERAL (
          SELECT a.slot_name FROM ${allocations.table} a WHERE a.kernel_id = k.id
          UNION SELECT jsonb_object_keys(${used})) slot (name)
        WHERE NOT k.is_over
        ON CONFLICT (kernel_id, slot_name) DO UPDATE SET used = EXCLUDED.used, freed_at = NULL
      )
      SELECT is_over FROM kernel`;
    return {
      statement: allocations.returning(sql, format),
      values: writer.values,
      finish({ rows }): void {
        const found = rows[0] as { readonly isOver: boolean } | undefined;
        if (found === undefined) throw new KernelNotFound(id);
        if (found.isOver) throw new KernelIsOver(id);
      },
    };
  });
  return owned(scope, withinScope({ rowLevelSecurity: kernelRowLevelSecurity }, scope, spec, { relations: false }));
}
