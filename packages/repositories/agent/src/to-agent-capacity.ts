import { subtractSlots } from '@holdfast/domain-types';
import type { AgentCapacity, AgentWithCapacity } from './agent-capacity.js';
import type { AgentInfo } from './agent-info.js';

/** What is left of an agent. */
export function toAgentCapacity({ id, availableSlots, occupiedSlots }: AgentInfo): AgentCapacity {
  return Object.freeze({ id, availableSlots, occupiedSlots, freeSlots: subtractSlots(availableSlots, occupiedSlots) });
}

/** The agent with it. */
export function toAgentWithCapacity(agent: AgentInfo): AgentWithCapacity {
  return Object.freeze({ ...agent, freeSlots: subtractSlots(agent.availableSlots, agent.occupiedSlots) });
}
