import { Database, type DbReadSession, type ReadOptions, type WriteOptions } from '@holdfast/base';
import type { AgentId, ResourceSlot } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { type BatchQuerier, freeze, type Page, type Scope } from '@holdfast/querier';
import { transition, upsertingDbSource } from '@holdfast/standard-repository';
import { agentCreator } from './agent-creator.js';
import type { AgentInfo } from './agent-info.js';
import { agents } from './agent-operations.js';
import { agentDbSourceResilience } from './agent-resilience.js';
import type { AgentRow } from './agent-row.js';
import type { AgentStatus } from './agent-status.js';
import { agentTransition } from './agent-transition.js';
import { agentUpdater } from './agent-updater.js';
import type { AgentWithCapacity } from './agent-with-capacity.js';
import { lockCapacity } from './lock-capacity.js';
import { readOccupiedSlots } from './read-occupied-slots.js';
import { toAgentWithCapacity } from './to-agent-with-capacity.js';

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
  async lockCapacity(
    scope: Scope<AgentRow>,
    id: AgentId,
    slots: ResourceSlot,
    options?: WriteOptions,
  ): Promise<AgentWithCapacity> {
    if (this.executor instanceof Database) {
      throw new Misuse('A capacity is locked within a dbSession: `within(dbSession)`.');
    }
    return this.executor.execute(lockCapacity(scope, id, slots), options);
  }

  @agentDbSourceResilience.apply()
  getAgentCapacity(scope: Scope<AgentRow>, id: AgentId, options?: ReadOptions): Promise<AgentWithCapacity> {
    return this.#reading(options, async (executor) => {
      const agent = await executor.execute(agents.get(scope, id, options));
      return toAgentWithCapacity(agent, await executor.execute(readOccupiedSlots([id])));
    });
  }

  @agentDbSourceResilience.apply()
  listAgentsWithCapacity(
    scope: Scope<AgentRow>,
    querier: BatchQuerier<AgentRow>,
    options?: ReadOptions,
  ): Promise<Page<AgentWithCapacity>> {
    return this.#reading(options, async (executor) => {
      const page = await executor.execute(agents.search(scope, querier, options));
      const occupied = await executor.execute(readOccupiedSlots(page.items.map(({ id }) => id)));
      return freeze({ ...page, items: page.items.map((agent) => toAgentWithCapacity(agent, occupied)) });
    });
  }

  /** Agents and what they hold are of one moment, or as the dbSession sees them. */
  #reading<Result>(
    options: ReadOptions | undefined,
    read: (executor: Pick<DbReadSession, 'execute'>) => Promise<Result>,
  ): Promise<Result> {
    const { executor } = this;
    if (!(executor instanceof Database)) return read(executor);
    return executor.beginReadonlySession(read, { ...options, snapshot: true });
  }
}
