import type { ResourceSlot } from '@holdfast/domain-types';

/** What a kernel holds, or all kernels of a session together: plain data, frozen. Summed by the database, exactly. */
export interface ResourceAllocation {
  /** What was asked for. */
  readonly requestedSlots: ResourceSlot;
  /** What is used, by kernels that hold something: nothing before it is occupied and after it is freed. */
  readonly occupiedSlots: ResourceSlot;
}
