import type { AgentCreationSpec } from '@holdfast/agent-repository';
import type { SessionCreationSpec, SessionWithKernelsSpec } from '@holdfast/session-repository';

/** A whole cluster, ready to be stored: what the demo starts from. */
export interface ClusterRecords {
  readonly agents: readonly AgentCreationSpec[];
  readonly sessions: readonly SessionWithKernelsSpec[];
}

/** A session of a cluster before it is known where it runs. */
export interface UnplacedSession {
  readonly spec: SessionCreationSpec;
  /** Whether it holds what it has asked for. */
  readonly holdsResources: boolean;
  /** Since when it had a place, null if never. Default: since it was created, if it had one. */
  readonly scheduledAt?: Date | null;
}
