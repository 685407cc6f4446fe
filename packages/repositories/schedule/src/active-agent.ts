import type { AgentId, ResourceSlot } from '@holdfast/domain-types';

/** An agent that is alive and open to new kernels, with what is left of it. */
export interface ActiveAgent {
  readonly id: AgentId;
  readonly architecture: string;
  readonly gpuModel: string | null;
  /** What it has in all. */
  readonly availableSlots: ResourceSlot;
  /** What its kernels use, or have reserved. */
  readonly occupiedSlots: ResourceSlot;
  /** `availableSlots` without `occupiedSlots`; negative where more is taken than is there. */
  readonly freeSlots: ResourceSlot;
}
