import { everybodysRows, type ReadSpec, readSpec } from '@holdfast/base';
import { type AgentId, type ResourceSlot, resourceSlotFromRow } from '@holdfast/domain-types';
import { columnType, SqlWriter } from '@holdfast/querier';
import { AgentRow } from './agent-row.js';

const format = {
  columns: [
    { property: 'id', sql: 'id', type: columnType('text'), nullable: false },
    { property: 'occupied', sql: 'occupied', type: columnType('jsonb'), nullable: false },
  ],
  extra: [],
  keys: [],
  leads: 0,
};

interface Occupied {
  readonly id: AgentId;
  readonly occupied: Readonly<Record<string, string>>;
}

/**
 * What the live kernels of agents hold, whose ever they are: the sum of what they use, or have asked for while that is not
 * known. Of tables of another package: `kernels` (id, agent_id, status) and `resource_allocations` (kernel_id, slot_name,
 * requested, used, freed_at). Agents of which nothing is occupied are left out. Whether the caller may see the agents is to
 * be asked before.
 */
export function readOccupiedSlots(ids: readonly AgentId[]): ReadSpec<ReadonlyMap<AgentId, ResourceSlot>> {
  return readSpec('readOccupiedSlots', (catalog) => {
    const mapping = catalog.mappingOf(AgentRow);
    const writer = new SqlWriter();
    const sql = `
      SELECT agent_id AS id, jsonb_object_agg(slot_name, trim_scale(amount)::text) AS occupied
      FROM (
        SELECT k.agent_id, r.slot_name, sum(coalesce(r.used, r.requested)) AS amount
        FROM kernels k JOIN resource_allocations r ON r.kernel_id = k.id
        WHERE k.agent_id = ANY(${writer.list(mapping.key.type, ids, '/ids')}) AND r.freed_at IS NULL
          AND k.status IN ('SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING', 'TERMINATING', 'ERROR')
        GROUP BY k.agent_id, r.slot_name) slots
      WHERE amount <> 0 GROUP BY agent_id`;
    return {
      statement: mapping.returning(sql, format).plannedAnew,
      values: writer.values,
      ahead: { settings: everybodysRows, checks: null },
      finish: ({ rows }) =>
        new Map((rows as readonly Occupied[]).map(({ id, occupied }) => [id, resourceSlotFromRow(occupied)])),
    };
  });
}
