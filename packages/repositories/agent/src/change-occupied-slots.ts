import { owned, type StatementWrite, withinScope, writeSpec } from '@holdfast/base';
import { type AgentId, resourceSlot, type ResourceSlot } from '@holdfast/domain-types';
import type { HoldfastError } from '@holdfast/errors';
import { columnType, compileScope, freeze, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import type { AgentCapacity } from './agent-capacity.js';
import { AgentCapacityExceeded } from './agent-capacity-exceeded.js';
import { AgentNotFound } from './agent-not-found.js';
import { AgentRow, toAgentInfo } from './agent-row.js';
import { AgentSlotsNotOccupied } from './agent-slots-not-occupied.js';
import { toAgentCapacity } from './to-agent-capacity.js';

/** How the occupied slots change: what is put between the amounts, where a change is too much, and what is said then. */
interface Change {
  readonly name: string;
  readonly operator: '+' | '-';
  /** Compares the amounts `taken`, `wanted` and `available` of one slot. */
  readonly tooMuch: string;
  readonly refusal: (id: AgentId) => HoldfastError;
}

/** Takes slots of an agent. */
export const occupying: Change = {
  name: 'occupy',
  operator: '+',
  tooMuch: 'wanted > 0 AND taken + wanted > available',
  refusal: (id) => new AgentCapacityExceeded(id),
};

/** Gives them back. */
export const releasing: Change = {
  name: 'release',
  operator: '-',
  tooMuch: 'wanted > taken',
  refusal: (id) => new AgentSlotsNotOccupied(id),
};

/**
 * Adds to what an agent has occupied, or takes from it. The amounts are read and written by one statement: whoever comes
 * second waits for the first and reckons with what that has left.
 */
export function changeOccupiedSlots(
  scope: Scope<AgentRow>,
  id: AgentId,
  slots: ResourceSlot,
  { name, operator, tooMuch, refusal }: Change,
): StatementWrite<AgentCapacity> {
  const spec = writeSpec(name, (catalog) => {
    const mapping = catalog.mappingOf(AgentRow);
    const writer = new SqlWriter();
    const wanted = writer.element(columnType('jsonb'), resourceSlot(slots, '/slots'), '/slots');
    const amount = (of: string): string => `coalesce((${of} ->> slot)::numeric, 0)`;
    const sql = `
      WITH agent AS (
        SELECT * FROM ${mapping.table}
        WHERE id = ${writer.element(mapping.key.type, id, '/id')} AND deleted_at IS NULL
          AND ${compileScope(ownRows(mapping), scope, writer)}
        FOR NO KEY UPDATE
      ), changed AS (
        UPDATE ${mapping.table} a
        SET modified_at = now(), occupied_slots = (
          SELECT coalesce(jsonb_object_agg(slot, trim_scale(taken ${operator} wanted)::text)
                            FILTER (WHERE taken ${operator} wanted <> 0), '{}')
          FROM (SELECT slot, ${amount('agent.occupied_slots')} AS taken, ${amount(wanted)} AS wanted
                FROM (SELECT jsonb_object_keys(agent.occupied_slots) UNION SELECT jsonb_object_keys(${wanted}))
                  slots (slot)) amounts)
        FROM agent
        WHERE a.id = agent.id AND NOT EXISTS (
          SELECT FROM (SELECT ${amount('agent.occupied_slots')} AS taken, ${amount(wanted)} AS wanted,
                              ${amount('agent.available_slots')} AS available
                       FROM jsonb_object_keys(${wanted}) slots (slot)) amounts
          WHERE ${tooMuch})
        RETURNING a.*
      )
      SELECT (SELECT count(*) FROM agent), ${mapping.listOf('changed')}
      FROM (SELECT) one LEFT JOIN changed ON TRUE`;
    return {
      statement: mapping.returningNumbers(1, sql),
      values: writer.values,
      finish({ rows, leads }): AgentCapacity {
        if (leads[0] === 0) throw new AgentNotFound(id);
        if (rows[0] === undefined) throw refusal(id);
        return freeze(toAgentCapacity(toAgentInfo(rows[0] as AgentRow)));
      },
    };
  });
  return owned(scope, withinScope<AgentRow, typeof spec>({}, scope, spec, { relations: false }));
}
