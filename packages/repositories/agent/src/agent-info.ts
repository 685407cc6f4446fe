import type { AgentId, ResourceSlot, ScalingGroupName } from '@holdfast/domain-types';
import type { AgentStatus } from './agent-status.js';

/** An agent, a node that runs kernels, as callers see it: plain data, frozen all the way down. */
export interface AgentInfo {
  readonly id: AgentId;
  readonly status: AgentStatus;
  readonly statusChangedAt: Date;
  readonly region: string;
  readonly scalingGroupName: ScalingGroupName;
  /** Whether new kernels may be placed here. */
  readonly schedulable: boolean;
  /** What the agent has in all. */
  readonly availableSlots: ResourceSlot;
  readonly gpuModel: string | null;
  /** Where the agent listens, e.g. `tcp://10.0.0.7:6001`. */
  readonly addr: string;
  readonly version: string;
  /** E.g. `x86_64`. */
  readonly architecture: string;
  readonly firstContact: Date;
  /** Set while the agent is lost. */
  readonly lostAt: Date | null;
  readonly modifiedAt: Date;
  /** Set while the agent is soft-deleted. */
  readonly deletedAt: Date | null;
}
