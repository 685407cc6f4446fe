import type { AgentId, ResourceSlot } from '@holdfast/domain-types';
import type { AgentInfo } from './agent-info.js';

/** What an agent has, and what is left of it: plain data, frozen. */
export interface AgentCapacity {
  readonly id: AgentId;
  /** What it has in all. */
  readonly availableSlots: ResourceSlot;
  /** What of it is taken. */
  readonly occupiedSlots: ResourceSlot;
  /** The rest; negative where the agent has come to have less than is taken. */
  readonly freeSlots: ResourceSlot;
}

/** An agent with what is left of it. */
export interface AgentWithCapacity extends AgentInfo, AgentCapacity {}
