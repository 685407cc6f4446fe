import type { WriteOptions } from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import { type StatementsOf, transitionStatements, upsertingRepository } from '@holdfast/standard-repository';
import { AgentDbSource } from './agent-db-source.js';
import type { AgentInfo } from './agent-info.js';
import { agentRepositoryResilience } from './agent-resilience.js';
import type { AgentRow } from './agent-row.js';
import type { AgentStatus } from './agent-status.js';

/**
 * Agents: the nodes that run kernels. Scopes are the scaling groups that the caller may use. An agent is created alive;
 * its id stays taken while it is deleted. `upsert` is its heartbeat: it lets an agent join, or takes over what it says of
 * itself by now (region, slots, address, version, architecture, GPU); status, `schedulable` and occupied slots stay.
 */
export class AgentRepository extends upsertingRepository(agentRepositoryResilience, AgentDbSource) {
  static readonly statements: StatementsOf<AgentRepository> = { updateStatus: () => transitionStatements };

  /**
   * Moves an agent to a status and notes the time: in `statusChangedAt`, and in `lostAt` while it is lost.
   * Throws `AgentNotFound`, and `AgentStatusConflict` if the status cannot follow the current one, or is it.
   */
  @agentRepositoryResilience.apply()
  updateStatus(scope: Scope<AgentRow>, id: AgentId, status: AgentStatus, options?: WriteOptions): Promise<AgentInfo> {
    return this.dbSource.updateStatus(scope, id, status, options);
  }
}
