import type { AgentId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/** An agent has not enough left for what was to be occupied. Status 409, code `agent_check-limit_conflict`. */
export class AgentCapacityExceeded extends HoldfastError {
  readonly agentId: AgentId;

  constructor(agentId: AgentId) {
    super({
      code: errorCode('agent', 'check-limit', 'conflict'),
      message: `Agent ${agentId} has not enough left.`,
      httpStatus: 409,
    });
    this.agentId = agentId;
  }
}
