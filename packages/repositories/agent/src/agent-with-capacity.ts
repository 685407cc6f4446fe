import type { ResourceSlot } from '@holdfast/domain-types';
import type { AgentInfo } from './agent-info.js';

/** An agent with what is left of it: plain data, frozen. */
export interface AgentWithCapacity extends AgentInfo {
  /** What its live kernels hold: what they use, or have asked for while that is not known. */
  readonly occupiedSlots: ResourceSlot;
  /** The rest; negative where the agent has come to have less than is taken. */
  readonly freeSlots: ResourceSlot;
}
