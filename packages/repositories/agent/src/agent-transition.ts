import { databaseTime } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Transition } from '@holdfast/standard-repository';
import { AgentConditions } from './agent-conditions.js';
import type { AgentInfo } from './agent-info.js';
import type { AgentRow } from './agent-row.js';
import { AgentStatusConflict } from './agent-status-conflict.js';
import { AGENT_STATUSES, type AgentStatus, isLegalTransition, legalPredecessors } from './agent-status.js';

/** The move to a status. Throws `InvalidInput` where there is no such status. */
export function agentTransition(to: AgentStatus): Transition<AgentRow, AgentInfo> {
  if (!AGENT_STATUSES.includes(to)) throw new InvalidInput('INVALID_VALUE', 'No status of an agent.', '/status');
  const lostAt = to === 'LOST' ? databaseTime : null;
  return {
    condition: AgentConditions.statusIn(legalPredecessors(to)),
    changes: { status: to, statusChangedAt: databaseTime, lostAt },
    isLegal: ({ status }) => isLegalTransition(status, to),
    conflict: ({ id, status }) => new AgentStatusConflict(id, status, to),
  };
}
