import type { ReadOptions, WriteOptions } from '@holdfast/base';
import type { AgentId, ResourceSlot } from '@holdfast/domain-types';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { type StatementsOf, transitionStatements, upsertingRepository } from '@holdfast/standard-repository';
import { AgentDbSource } from './agent-db-source.js';
import type { AgentInfo } from './agent-info.js';
import { agentRepositoryResilience } from './agent-resilience.js';
import type { AgentRow } from './agent-row.js';
import type { AgentStatus } from './agent-status.js';
import type { AgentWithCapacity } from './agent-with-capacity.js';
import { lockingStatements } from './lock-capacity.js';

/**
 * Agents: the nodes that run kernels. Scopes are the scaling groups that the caller may use. An agent is created alive;
 * its id stays taken while it is deleted. `upsert` is its heartbeat: it lets an agent join, or takes over what it says of
 * itself by now (region, slots, address, version, architecture, GPU); status and `schedulable` stay.
 *
 * What is occupied is what the live kernels on an agent hold, and is noted nowhere else: it is summed when it is asked for.
 */
export class AgentRepository extends upsertingRepository(agentRepositoryResilience, AgentDbSource) {
  static readonly statements: StatementsOf<AgentRepository> = {
    updateStatus: () => transitionStatements,
    lockCapacity: () => lockingStatements,
    getAgentCapacity: () => 2,
    listAgentsWithCapacity: () => 2,
  };

  /**
   * Moves an agent to a status and notes the time: in `statusChangedAt`, and in `lostAt` while it is lost.
   * Throws `AgentNotFound`, and `AgentStatusConflict` if the status cannot follow the current one, or is it.
   */
  @agentRepositoryResilience.apply()
  updateStatus(scope: Scope<AgentRow>, id: AgentId, status: AgentStatus, options?: WriteOptions): Promise<AgentInfo> {
    return this.dbSource.updateStatus(scope, id, status, options);
  }

  /**
   * Locks an agent until the end of the dbSession, and returns it with what is left of it, so that a kernel can be placed
   * on it there: whoever comes second waits, and reckons with what the first has placed. Throws `AgentNotFound`, and
   * `AgentCapacityExceeded` where any of the slots is more than is left; a slot that the agent does not have is none.
   * Whether the agent is alive and schedulable is not asked. Only within a dbSession, read committed (Misuse).
   */
  @agentRepositoryResilience.apply()
  lockCapacity(
    scope: Scope<AgentRow>,
    id: AgentId,
    slots: ResourceSlot,
    options?: WriteOptions,
  ): Promise<AgentWithCapacity> {
    return this.dbSource.lockCapacity(scope, id, slots, options);
  }

  /** An agent with what of it is occupied, and what is left, of one moment. Throws `AgentNotFound`. */
  @agentRepositoryResilience.apply()
  getAgentCapacity(scope: Scope<AgentRow>, id: AgentId, options?: ReadOptions): Promise<AgentWithCapacity> {
    return this.dbSource.getAgentCapacity(scope, id, options);
  }

  /** A `search` whose agents come with what is left of them. */
  @agentRepositoryResilience.apply()
  listAgentsWithCapacity(
    scope: Scope<AgentRow>,
    querier: BatchQuerier<AgentRow>,
    options?: ReadOptions,
  ): Promise<Page<AgentWithCapacity>> {
    return this.dbSource.listAgentsWithCapacity(scope, querier, options);
  }
}
