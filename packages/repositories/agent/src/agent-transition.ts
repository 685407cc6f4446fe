import { databaseTime, type UpdaterSpec } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { QueryCondition } from '@holdfast/querier';
import { AgentConditions } from './agent-conditions.js';
import type { AgentRow } from './agent-row.js';
import { AGENT_STATUSES, type AgentStatus, legalPredecessors } from './agent-status.js';

/** What moving an agent to a status changes, and which agents may be moved there. */
export interface AgentTransition extends UpdaterSpec<AgentRow> {
  readonly condition: QueryCondition<AgentRow>;
}

/** The move to a status. Throws `InvalidInput` where there is no such status. */
export function agentTransition(to: AgentStatus): AgentTransition {
  if (!AGENT_STATUSES.includes(to)) throw new InvalidInput('INVALID_VALUE', 'No status of an agent.', '/status');
  const lostAt = to === 'LOST' ? databaseTime : null;
  return {
    condition: AgentConditions.statusIn(legalPredecessors(to)),
    changes: { status: to, statusChangedAt: databaseTime, lostAt },
  };
}
