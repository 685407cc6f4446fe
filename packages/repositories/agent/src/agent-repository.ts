import type { ReadOptions, WriteOptions } from '@holdfast/base';
import type { AgentId, ResourceSlot } from '@holdfast/domain-types';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { type StatementsOf, transitionStatements, upsertingRepository } from '@holdfast/standard-repository';
import type { AgentCapacity, AgentWithCapacity } from './agent-capacity.js';
import { AgentDbSource } from './agent-db-source.js';
import type { AgentInfo } from './agent-info.js';
import { agentRepositoryResilience } from './agent-resilience.js';
import type { AgentRow } from './agent-row.js';
import type { AgentStatus } from './agent-status.js';

/**
 * Agents: the nodes that run kernels. Scopes are the scaling groups that the caller may use. An agent is created alive;
 * its id stays taken while it is deleted. `upsert` is its heartbeat: it lets an agent join, or takes over what it says of
 * itself by now (region, slots, address, version, architecture, GPU); status, `schedulable` and occupied slots stay.
 *
 * What is occupied is kept in the agent's row, and changes by `occupy` and `release` only: they add and subtract, so that
 * whatever comes at once is reckoned with.
 */
export class AgentRepository extends upsertingRepository(agentRepositoryResilience, AgentDbSource) {
  static readonly statements: StatementsOf<AgentRepository> = {
    updateStatus: () => transitionStatements,
    occupy: () => 1,
    release: () => 1,
    getAgentCapacity: () => 1,
    listAgentsWithCapacity: () => 1,
  };

  /**
   * Moves an agent to a status and notes the time: in `statusChangedAt`, and in `lostAt` while it is lost.
   * Throws `AgentNotFound`, and `AgentStatusConflict` if the status cannot follow the current one, or is it.
   */
  @agentRepositoryResilience.apply()
  updateStatus(scope: Scope<AgentRow>, id: AgentId, status: AgentStatus, options?: WriteOptions): Promise<AgentInfo> {
    return this.cacheSource.invalidating([id], () => this.dbSource.updateStatus(scope, id, status, options));
  }

  /**
   * Takes slots of an agent, all or none, and returns what is left. Throws `AgentNotFound`, and `AgentCapacityExceeded`
   * where any of them is more than is left; a slot that the agent does not have is none. Whether the agent is alive and
   * schedulable is not asked.
   */
  @agentRepositoryResilience.apply()
  occupy(scope: Scope<AgentRow>, id: AgentId, slots: ResourceSlot, options?: WriteOptions): Promise<AgentCapacity> {
    return this.cacheSource.invalidating([id], () => this.dbSource.occupy(scope, id, slots, options));
  }

  /** Gives slots of an agent back, all or none. Throws `AgentNotFound`, and `AgentSlotsNotOccupied` for more than is occupied. */
  @agentRepositoryResilience.apply()
  release(scope: Scope<AgentRow>, id: AgentId, slots: ResourceSlot, options?: WriteOptions): Promise<AgentCapacity> {
    return this.cacheSource.invalidating([id], () => this.dbSource.release(scope, id, slots, options));
  }

  /** What an agent has, what of it is occupied, and what is left. Throws `AgentNotFound`. */
  @agentRepositoryResilience.apply()
  getAgentCapacity(scope: Scope<AgentRow>, id: AgentId, options?: ReadOptions): Promise<AgentCapacity> {
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
