import type { AgentStatus } from './agent-status.js';

/** The life that an agent has had elsewhere: for imports, which take over what exists already. */
export interface AgentPast {
  readonly status: AgentStatus;
  /** Default: `firstContact`. */
  readonly statusChangedAt?: Date;
  readonly firstContact: Date;
  /** Default null. */
  readonly lostAt?: Date | null;
}
