import type { ConflictCheck } from '@holdfast/base';
import { conflictChecksOf } from '@holdfast/standard-repository';
import { AgentHasActiveKernels } from './agent-has-active-kernels.js';

/** Where rows lie that refer to an agent by its id, and which of them count. */
export type AgentReferrers = Omit<ConflictCheck, 'error' | 'references'>;

/** What usually keeps an agent from being purged. */
export interface AgentConflictTables {
  /** `AgentHasActiveKernels`. Kernels that are over need not count: `whose: { column: 'status', in: […] }`. */
  readonly activeKernels?: AgentReferrers;
}

/**
 * The `conflictChecks` for `AgentRepositories.create`, e.g.
 * `agentConflictChecks({ activeKernels: { table: 'kernels', column: 'agent_id', whose: { column: 'status', in: […] } } })`.
 */
export function agentConflictChecks({ activeKernels }: AgentConflictTables): readonly ConflictCheck[] {
  return conflictChecksOf([[activeKernels, () => new AgentHasActiveKernels()]]);
}
