import type { SessionId } from '@holdfast/domain-types';
import type { KernelCreationSpec } from './kernel-creation-spec.js';
import type { SessionCreationSpec } from './session-creation-spec.js';
import type { VfolderMountSpec } from './vfolder-mount.js';

/** What a session is created from together with all that belongs to it. */
export interface SessionWithKernelsSpec extends SessionCreationSpec {
  /** At least one, in the order of their index. What they ask for together is what the session asks for. */
  readonly kernels: readonly KernelCreationSpec[];
  /** The number of kernels: it need not be said. */
  readonly clusterSize?: number;
  /** Default none. */
  readonly vfolderMounts?: readonly VfolderMountSpec[];
  /** The sessions of the same owner that it waits for. Default none. */
  readonly dependsOn?: readonly SessionId[];
}
