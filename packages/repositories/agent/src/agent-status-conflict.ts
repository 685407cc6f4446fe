import type { AgentId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';
import type { AgentStatus } from './agent-status.js';

/** An agent cannot go from the status that it is in to the one that was asked for. Status 409, code `agent_update_conflict`. */
export class AgentStatusConflict extends HoldfastError {
  readonly agentId: AgentId;
  readonly from: AgentStatus;
  readonly to: AgentStatus;

  constructor(agentId: AgentId, from: AgentStatus, to: AgentStatus) {
    super({
      code: errorCode('agent', 'update', 'conflict'),
      message: `Agent ${agentId} is ${from} and cannot become ${to}.`,
      httpStatus: 409,
    });
    this.agentId = agentId;
    this.from = from;
    this.to = to;
  }
}
