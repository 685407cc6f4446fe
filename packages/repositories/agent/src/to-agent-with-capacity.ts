import { type AgentId, resourceSlot, type ResourceSlot, subtractSlots } from '@holdfast/domain-types';
import type { AgentWithCapacity } from './agent-with-capacity.js';
import type { AgentInfo } from './agent-info.js';

const nothing = resourceSlot({});

/** The agent with what is occupied and left of it. */
export function toAgentWithCapacity(agent: AgentInfo, occupied: ReadonlyMap<AgentId, ResourceSlot>): AgentWithCapacity {
  const occupiedSlots = occupied.get(agent.id) ?? nothing;
  return Object.freeze({ ...agent, occupiedSlots, freeSlots: subtractSlots(agent.availableSlots, occupiedSlots) });
}
