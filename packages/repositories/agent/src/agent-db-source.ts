import { entityOperations, type WriteOptions } from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import { transition, upsertingDbSource } from '@holdfast/standard-repository';
import { AgentAlreadyExists } from './agent-already-exists.js';
import { agentCreator } from './agent-creator.js';
import type { AgentInfo } from './agent-info.js';
import { AgentNotFound } from './agent-not-found.js';
import { agentDbSourceResilience } from './agent-resilience.js';
import { AgentRow, toAgentInfo } from './agent-row.js';
import type { AgentStatus } from './agent-status.js';
import { agentTransition } from './agent-transition.js';
import { agentUpdater } from './agent-updater.js';

const agents = entityOperations<AgentRow, AgentInfo, AgentId>({
  entity: AgentRow,
  toData: toAgentInfo,
  notFound: (id) => new AgentNotFound(id),
  alreadyExists: () => new AgentAlreadyExists(),
  softDelete: 'deletedAt',
});

const standard = upsertingDbSource(agentDbSourceResilience, {
  operations: agents,
  creator: agentCreator,
  updater: agentUpdater,
  // What an agent says of itself, again and again. Its status, and whether it may be used, others say.
  upsert: { update: ['region', 'availableSlots', 'addr', 'version', 'architecture', 'gpuModel'] },
});

/** All SQL on agents. */
export class AgentDbSource extends standard {
  @agentDbSourceResilience.apply()
  updateStatus(scope: Scope<AgentRow>, id: AgentId, to: AgentStatus, options?: WriteOptions): Promise<AgentInfo> {
    return transition(this.executor, agents, scope, id, agentTransition(to), options);
  }
}
