import type { LivenessState } from '@holdfast/cache';
import type { AgentId } from '@holdfast/domain-types';
import type { AgentInfo } from './agent-info.js';

/** What an agent says every few seconds. */
export interface AgentHeartbeat {
  readonly id: AgentId;
  /** How many containers it runs. Default: as many as it said last. */
  readonly containers?: number;
}

/** What is known of an agent's life. */
export interface AgentLife {
  readonly agent: AgentInfo;
  /** `silent` is not dead: it has not been heard of for some time, though it would have been. From `unknown` follows nothing. */
  readonly state: LivenessState;
  /** How long ago it was heard of last, in milliseconds. Null where nobody remembers. */
  readonly heardMsAgo: number | null;
  /** Null where nobody remembers. */
  readonly containers: number | null;
}

/** What is known of some agents' lives. */
export interface AgentLives {
  /**
   * For how long Redis has been there without a gap, in milliseconds; 0 while it cannot be reached. An agent that is unknown
   * though this is long was not heard of since Redis lost its memory.
   */
  readonly hearingForMs: number;
  readonly items: readonly AgentLife[];
}
