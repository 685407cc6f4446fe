import {
  checkSeesLatest,
  owned,
  type StatementWrite,
  type UnitOfWork,
  unitSpec,
  type UnitWrite,
  withinScope,
  writeSpec,
} from '@holdfast/base';
import { type KernelId, resourceSlot, type ResourceSlot } from '@holdfast/domain-types';
import { canonicalText, columnType, compileScope, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import { KernelIsOver } from './kernel-is-over.js';
import { KernelNotFound } from './kernel-not-found.js';
import { KernelRow } from './kernel-row.js';
import { ResourceAllocationRow } from './resource-allocation-row.js';
import { rowFormat } from './row-format.js';
import { kernelRowLevelSecurity } from './session-row-level-security.js';

const overFormat = rowFormat({ isOver: columnType('boolean') });

/** The kernel is locked, and then its slots are replaced. */
export const occupyingStatements = 2;

/**
 * Notes what a kernel uses from now on, in place of what it has used: slots that are not named are not used. The kernel is
 * locked first, so that nothing is occupied by one that is about to be over; which slots it has is asked by a statement of
 * its own, which sees what whoever held the lock before has written.
 */
export function occupySlots(scope: Scope<KernelRow>, id: KernelId, slots: ResourceSlot): UnitWrite<void> {
  const used = resourceSlot(slots, '/slots');
  const occupying = async (unit: UnitOfWork): Promise<void> => {
    checkSeesLatest(unit, 'What a kernel occupies');
    await unit.execute(locked(scope, id));
    await unit.execute(replacement(scope, id, used));
  };
  return owned(scope, unitSpec('occupySlots', occupying, { payload: () => canonicalText([id, used]) }));
}

function locked(scope: Scope<KernelRow>, id: KernelId): StatementWrite<void> {
  const spec = writeSpec('occupySlots', (catalog) => {
    const kernels = catalog.mappingOf(KernelRow);
    const writer = new SqlWriter();
    const sql = `
      SELECT k.status IN ('TERMINATED', 'CANCELLED') FROM ${kernels.table} k
      WHERE k.id = ${writer.element(kernels.key.type, id, '/id')} AND ${compileScope(ownRows(kernels, 'k'), scope, writer)}
      FOR NO KEY UPDATE`;
    return {
      statement: kernels.returning(sql, overFormat),
      values: writer.values,
      writes: false,
      finish({ rows }): void {
        const found = rows[0] as { readonly isOver: boolean } | undefined;
        if (found === undefined) throw new KernelNotFound(id);
        if (found.isOver) throw new KernelIsOver(id);
      },
    };
  });
  return withinScope({ rowLevelSecurity: kernelRowLevelSecurity }, scope, spec, { relations: false });
}

/** Of a locked kernel: its slots, old and new, with what it uses of each. */
function replacement(scope: Scope<KernelRow>, id: KernelId, slots: ResourceSlot): StatementWrite<void> {
  const spec = writeSpec('occupySlots', (catalog) => {
    const kernels = catalog.mappingOf(KernelRow);
    const allocations = catalog.mappingOf(ResourceAllocationRow);
    const writer = new SqlWriter();
    const used = writer.element(columnType('jsonb'), slots, '/slots');
    const sql = `
      INSERT INTO ${allocations.table}
        (kernel_id, slot_name, requested, used, domain_name, group_id, user_uuid, access_key)
      SELECT k.id, slot.name, coalesce((k.requested_slots ->> slot.name)::numeric, 0),
             coalesce((${used} ->> slot.name)::numeric, 0), k.domain_name, k.group_id, k.user_uuid, k.access_key
      FROM ${kernels.table} k CROSS JOIN LATERAL (
        SELECT a.slot_name FROM ${allocations.table} a WHERE a.kernel_id = k.id
        UNION SELECT jsonb_object_keys(${used})) slot (name)
      WHERE k.id = ${writer.element(kernels.key.type, id, '/id')} AND ${compileScope(ownRows(kernels, 'k'), scope, writer)}
      ON CONFLICT (kernel_id, slot_name) DO UPDATE SET used = EXCLUDED.used, freed_at = NULL`;
    return { statement: allocations.returningNothing(sql), values: writer.values, finish: () => undefined };
  });
  return withinScope({ rowLevelSecurity: kernelRowLevelSecurity }, scope, spec, {
    relations: false,
    existenceChecks: false,
  });
}
