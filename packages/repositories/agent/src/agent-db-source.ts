import type { ReadOptions, WriteOptions } from '@holdfast/base';
import type { AgentId, ResourceSlot } from '@holdfast/domain-types';
import { type BatchQuerier, freeze, type Page, type Scope } from '@holdfast/querier';
import { transition, upsertingDbSource } from '@holdfast/standard-repository';
import type { AgentCapacity, AgentWithCapacity } from './agent-capacity.js';
import { agentCreator } from './agent-creator.js';
import type { AgentInfo } from './agent-info.js';
import { agents } from './agent-operations.js';
import { agentDbSourceResilience } from './agent-resilience.js';
import type { AgentRow } from './agent-row.js';
import type { AgentStatus } from './agent-status.js';
import { agentTransition } from './agent-transition.js';
import { agentUpdater } from './agent-updater.js';
import { changeOccupiedSlots, occupying, releasing } from './change-occupied-slots.js';
import { toAgentCapacity, toAgentWithCapacity } from './to-agent-capacity.js';

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

  @agentDbSourceResilience.apply()
  occupy(scope: Scope<AgentRow>, id: AgentId, slots: ResourceSlot, options?: WriteOptions): Promise<AgentCapacity> {
    return this.executor.execute(changeOccupiedSlots(scope, id, slots, occupying), options);
  }

  @agentDbSourceResilience.apply()
  release(scope: Scope<AgentRow>, id: AgentId, slots: ResourceSlot, options?: WriteOptions): Promise<AgentCapacity> {
    return this.executor.execute(changeOccupiedSlots(scope, id, slots, releasing), options);
  }

  @agentDbSourceResilience.apply()
  async getAgentCapacity(scope: Scope<AgentRow>, id: AgentId, options?: ReadOptions): Promise<AgentCapacity> {
    return toAgentCapacity(await this.executor.execute(agents.get(scope, id, options), options));
  }

  @agentDbSourceResilience.apply()
  async listAgentsWithCapacity(
    scope: Scope<AgentRow>,
    querier: BatchQuerier<AgentRow>,
    options?: ReadOptions,
  ): Promise<Page<AgentWithCapacity>> {
    const page = await this.executor.execute(agents.search(scope, querier, options), options);
    return freeze({ ...page, items: page.items.map(toAgentWithCapacity) });
  }
}
