import type { OptionalState, TriState } from '@holdfast/base';
import type { ResourceSlot } from '@holdfast/domain-types';

type Changed<Value> = Value | OptionalState<Value>;

/**
 * What of an agent is changed: what is absent is left, null sets NULL. The status has its own way, `updateStatus`; what
 * is occupied follows from the kernels. The scaling group, which says who sees the agent, never changes: an
 * agent leaves one and joins another.
 */
export interface AgentUpdate {
  readonly region?: Changed<string>;
  readonly schedulable?: Changed<boolean>;
  readonly availableSlots?: Changed<ResourceSlot>;
  readonly gpuModel?: string | null | TriState<string>;
  readonly addr?: Changed<string>;
  readonly version?: Changed<string>;
  readonly architecture?: Changed<string>;
}
