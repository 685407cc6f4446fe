import type { UsageSlice } from './calculator/usage-slices.js';
import type { ObservedKernel } from './observation.js';

/** A slice, and the kernel that it is of. */
export interface KernelSlice {
  readonly kernel: ObservedKernel;
  readonly slice: UsageSlice;
}
