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
import { agentId, type AgentId, type KernelId, resourceSlot, type ResourceSlot } from '@holdfast/domain-types';
import { canonicalText, columnType, compileScope, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import { KernelIsElsewhere } from './kernel-is-elsewhere.js';
import { KernelIsOver } from './kernel-is-over.js';
import { KernelIsPending } from './kernel-is-pending.js';
import { KernelNotFound } from './kernel-not-found.js';
import { KernelRow } from './kernel-row.js';
import { ResourceAllocationRow } from './resource-allocation-row.js';
import { rowFormat } from './row-format.js';
import { kernelRowLevelSecurity } from './session-row-level-security.js';
import { isTerminal, type SessionStatus } from './session-status.js';

const placeFormat = rowFormat({ status: columnType('text'), agentId: columnType('text') });

/** The kernel is locked, and then its slots are replaced. */
export const occupyingStatements = 2;

/**
 * Notes what a kernel uses from now on, in place of what it has used: slots that are not named are not used. The kernel is
 * locked first, so that nothing is occupied by one that is about to be over, or to wait; which slots it has is asked by a
 * statement of its own, which sees what whoever held the lock before has written. A report that says which agent it is from
 * counts while the kernel is there.
 */
export function occupySlots(
  scope: Scope<KernelRow>,
  id: KernelId,
  slots: ResourceSlot,
  from?: AgentId,
): UnitWrite<void> {
  const used = resourceSlot(slots, '/slots');
  if (from !== undefined) agentId(from, '/agentId');
  const occupying = async (unit: UnitOfWork): Promise<void> => {
    checkSeesLatest(unit, 'What a kernel occupies');
    await unit.execute(locked(scope, id, from));
    await unit.execute(replacement(scope, id, used));
  };
  return owned(scope, unitSpec('occupySlots', occupying, { payload: () => canonicalText([id, used, from ?? null]) }));
}

function locked(scope: Scope<KernelRow>, id: KernelId, from: AgentId | undefined): StatementWrite<void> {
  const spec = writeSpec('occupySlots', (catalog) => {
    const kernels = catalog.mappingOf(KernelRow);
    const writer = new SqlWriter();
    const sql = `
      SELECT k.status, k.agent_id FROM ${kernels.table} k
      WHERE k.id = ${writer.element(kernels.key.type, id, '/id')} AND ${compileScope(ownRows(kernels, 'k'), scope, writer)}
      FOR NO KEY UPDATE`;
    return {
      statement: kernels.returning(sql, placeFormat),
      values: writer.values,
      writes: false,
      finish({ rows }): void {
        const found = rows[0] as { readonly status: SessionStatus; readonly agentId: AgentId | null } | undefined;
        if (found === undefined) throw new KernelNotFound(id);
        if (isTerminal(found.status)) throw new KernelIsOver(id);
        if (found.status === 'PENDING') throw new KernelIsPending(id);
        if (from !== undefined && found.agentId !== from) throw new KernelIsElsewhere(id, from);
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
