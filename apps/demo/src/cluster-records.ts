import type { AgentCreationSpec } from '@holdfast/agent-repository';
import type { SessionWithKernelsSpec } from '@holdfast/session-repository';

/** A whole cluster, ready to be stored: what the demo starts from. */
export interface ClusterRecords {
  readonly agents: readonly AgentCreationSpec[];
  readonly sessions: readonly SessionWithKernelsSpec[];
}
