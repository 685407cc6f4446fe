import type { SessionId } from '@holdfast/domain-types';
import type { KernelInfo } from './kernel-info.js';
import type { ResourceAllocation } from './resource-allocation.js';
import type { SessionInfo } from './session-info.js';
import type { VfolderMount } from './vfolder-mount.js';

/** A session with what belongs to it, as of one moment: plain data, frozen all the way down. */
export interface SessionWithDependencies {
  readonly session: SessionInfo;
  /** By their index in the cluster. */
  readonly kernels: readonly KernelInfo[];
  /** By the path where they are mounted. */
  readonly vfolderMounts: readonly VfolderMount[];
  /** The sessions that it waits for itself. */
  readonly dependsOn: readonly SessionId[];
  /** What its kernels hold together. */
  readonly allocation: ResourceAllocation;
}
