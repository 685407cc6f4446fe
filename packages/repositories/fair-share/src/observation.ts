import type { DomainName, KernelId, ProjectId, ScalingGroupName, UserId } from '@holdfast/domain-types';
import type { KernelRun } from './calculator/usage-slices.js';

/** A kernel that was seen running, or that has run, and whose its use is. */
export interface ObservedKernel extends KernelRun {
  readonly kernelId: KernelId;
  readonly resourceGroupName: ScalingGroupName;
  readonly domainName: DomainName;
  readonly projectId: ProjectId;
  readonly userUuid: UserId;
}

/** What was seen of kernels, as of one moment. */
export interface Observation {
  readonly observedAt: Date;
  readonly kernels: readonly ObservedKernel[];
}

/** What of it was new. */
export interface ObservationResult {
  /** How many slices were recorded that had not been before. */
  readonly recorded: number;
}
