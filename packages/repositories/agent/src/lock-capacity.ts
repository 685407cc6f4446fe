import { checkSeesLatest, owned, type UnitOfWork, unitSpec, type UnitWrite } from '@holdfast/base';
import { type AgentId, resourceSlot, type ResourceSlot, slotsFit } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import { AgentCapacityExceeded } from './agent-capacity-exceeded.js';
import { agents } from './agent-operations.js';
import type { AgentRow } from './agent-row.js';
import type { AgentWithCapacity } from './agent-with-capacity.js';
import { readOccupiedSlots } from './read-occupied-slots.js';
import { toAgentWithCapacity } from './to-agent-with-capacity.js';

/** The agent is locked, and then what its kernels hold is summed. */
export const lockingStatements = 2;

/**
 * Locks an agent, and reads what is left of it by a statement of its own, which sees what whoever held the lock before has
 * placed. Throws `AgentCapacityExceeded` where slots do not fit; a zero fits always.
 */
export function lockCapacity(scope: Scope<AgentRow>, id: AgentId, slots: ResourceSlot): UnitWrite<AgentWithCapacity> {
  const asked = Object.entries(resourceSlot(slots, '/slots')).filter(([, amount]) => amount !== '0');
  const locking = async (unit: UnitOfWork): Promise<AgentWithCapacity> => {
    checkSeesLatest(unit, 'The capacity of an agent');
    const agent = await unit.execute(agents.get(scope, id, { lock: 'update' }));
    const capacity = toAgentWithCapacity(agent, await unit.execute(readOccupiedSlots([id])));
    if (!slotsFit(resourceSlot(Object.fromEntries(asked)), capacity.freeSlots)) throw new AgentCapacityExceeded(id);
    return capacity;
  };
  return owned(scope, unitSpec('lockCapacity', locking));
}
