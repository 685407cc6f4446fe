import type { KernelInfo } from './kernel-info.js';
import type { SessionInfo } from './session-info.js';

/** A session that was created together with its kernels: plain data, frozen. */
export interface SessionWithKernels {
  readonly session: SessionInfo;
  /** By their index in the cluster. */
  readonly kernels: readonly KernelInfo[];
}
