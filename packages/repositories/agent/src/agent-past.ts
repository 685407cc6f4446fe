import type { ResourceSlot } from '@holdfast/domain-types';
import type { AgentStatus } from './agent-status.js';

/** The life that an agent has had elsewhere: for imports, which take over what exists already. */
export interface AgentPast {
  readonly status: AgentStatus;
  /** Default: `firstContact`. */
  readonly statusChangedAt?: Date;
  /** Default none. */
  readonly occupiedSlots?: ResourceSlot;
  readonly firstContact: Date;
  /** Default null. */
  readonly lostAt?: Date | null;
}
