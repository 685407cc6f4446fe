import type { AgentId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/** More was to be released than is occupied: by whoever releases twice, for one. Status 409, code `agent_update_conflict`. */
export class AgentSlotsNotOccupied extends HoldfastError {
  readonly agentId: AgentId;

  constructor(agentId: AgentId) {
    super({
      code: errorCode('agent', 'update', 'conflict'),
      message: `Less of agent ${agentId} is occupied than was to be released.`,
      httpStatus: 409,
    });
    this.agentId = agentId;
  }
}
