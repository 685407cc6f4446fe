import type { AgentId, ResourceSlot, ScalingGroupName } from '@holdfast/domain-types';
import type { AgentPast } from './agent-past.js';

/** What an agent joins with. Its status is ALIVE, unless it has a past. The scaling group is needed unless the scope gives it. */
export interface AgentCreationSpec {
  /** The node's own name. */
  readonly id: AgentId;
  readonly region: string;
  readonly scalingGroupName?: ScalingGroupName;
  /** What the agent has in all. */
  readonly availableSlots: ResourceSlot;
  /** Where the agent listens. */
  readonly addr: string;
  readonly version: string;
  readonly architecture: string;
  /** Default null: no GPU. */
  readonly gpuModel?: string | null;
  /** Whether new kernels may be placed here. Default true. */
  readonly schedulable?: boolean;
  /** What became of it elsewhere, where it is taken over. */
  readonly past?: AgentPast;
}
