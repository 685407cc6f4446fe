import type { AgentId } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** No such agent in the scope that was given. Status 404, code `agent_read_not-found`. */
export class AgentNotFound extends EntityNotFound {
  readonly agentId: AgentId;

  constructor(agentId: AgentId) {
    super('agent', `No agent ${agentId}.`);
    this.agentId = agentId;
  }
}
