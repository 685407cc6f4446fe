import type { AgentId, KernelId, ResourceSlot } from '@holdfast/domain-types';
import type { KernelPast } from './kernel-past.js';

/** What a kernel of a new session is created from. Its status is PENDING, unless it has a past. */
export interface KernelCreationSpec {
  /** Default: a new UUIDv7. */
  readonly id?: KernelId;
  /** Default: the session's. */
  readonly image?: string;
  /** Default: `main` for the first kernel, `sub` for the others. */
  readonly clusterRole?: string;
  /** Default: the session's, where it is the only kernel. */
  readonly requestedSlots?: ResourceSlot;
  /** Default null: it has no place yet. */
  readonly agentId?: AgentId | null;
  /** What became of it elsewhere, where it is taken over. */
  readonly past?: KernelPast;
}
