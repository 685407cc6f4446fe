import type { BatchResult, BatchTarget, DbReadSession, DbWriteSession, ReadOptions } from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';
import type { CallOptions } from '@holdfast/operation';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { type Resilience, useResilience } from '@holdfast/resilience';
import type { AgentCreationSpec } from './agent-creation-spec.js';
import type { AgentDbSource } from './agent-db-source.js';
import type { AgentInfo } from './agent-info.js';
import { agentRepositoryResilience } from './agent-resilience.js';
import type { AgentRow } from './agent-row.js';
import type { AgentStatus } from './agent-status.js';
import type { AgentUpdate } from './agent-update.js';

type Agents = Scope<AgentRow>;
type Target = BatchTarget<AgentRow, AgentId>;

export interface AgentRepositoryArgs {
  readonly dbSource: AgentDbSource;
  /** Replaces the default, `metrics(retry(call))`, for this instance. */
  readonly resilience?: Resilience;
}

/**
 * Agents: the nodes that run kernels. Every operation is confined to a scope, the scaling groups that the caller may
 * use: what lies outside of it cannot be told from what is not there. Deleted agents are seen only where
 * `includeDeleted` is said.
 */
export class AgentRepository {
  readonly #dbSource: AgentDbSource;
  readonly #resilience: Resilience | undefined;

  constructor({ dbSource, resilience }: AgentRepositoryArgs) {
    this.#dbSource = dbSource;
    this.#resilience = resilience;
    if (resilience !== undefined) useResilience(this, resilience);
  }

  /** The same repository inside a running unit of work, so that several repositories share one transaction. */
  within(dbSession: DbReadSession | DbWriteSession): AgentRepository {
    const dbSource = this.#dbSource.within(dbSession);
    return new AgentRepository(
      this.#resilience === undefined ? { dbSource } : { dbSource, resilience: this.#resilience },
    );
  }

  /**
   * Lets an agent join, alive. Throws `AgentAlreadyExists` if its id is taken, `OutsideScope` if it belongs to another
   * scaling group than the scope, and `InvalidInput`.
   */
  @agentRepositoryResilience.apply()
  create(scope: Agents, spec: AgentCreationSpec, options?: CallOptions): Promise<AgentInfo> {
    return this.#dbSource.create(scope, spec, options);
  }

  /** Creates all or none, in one statement; results in the order given. Throws what `create` throws. */
  @agentRepositoryResilience.apply()
  bulkCreate(scope: Agents, specs: readonly AgentCreationSpec[], options?: CallOptions): Promise<readonly AgentInfo[]> {
    return this.#dbSource.bulkCreate(scope, specs, options);
  }

  /** One agent by id. Throws `AgentNotFound`. */
  @agentRepositoryResilience.apply()
  get(scope: Agents, id: AgentId, options?: ReadOptions): Promise<AgentInfo> {
    return this.#dbSource.get(scope, id, options);
  }

  /** One agent by id, or null: for when it is not certain that there is one. */
  @agentRepositoryResilience.apply()
  find(scope: Agents, id: AgentId, options?: ReadOptions): Promise<AgentInfo | null> {
    return this.#dbSource.find(scope, id, options);
  }

  /** Many agents by id in one statement, in the order of the ids, null for what is not there. */
  @agentRepositoryResilience.apply()
  loadMany(scope: Agents, ids: readonly AgentId[], options?: ReadOptions): Promise<readonly (AgentInfo | null)[]> {
    return this.#dbSource.loadMany(scope, ids, options);
  }

  /** One page of the agents that match. Build the querier with `batchQuerier`, or parse it with `agentFields`. */
  @agentRepositoryResilience.apply()
  search(scope: Agents, querier: BatchQuerier<AgentRow>, options?: ReadOptions): Promise<Page<AgentInfo>> {
    return this.#dbSource.search(scope, querier, options);
  }

  /**
   * Changes an agent; a change of nothing returns it as it is. Throws `AgentNotFound` and `InvalidInput`.
   */
  @agentRepositoryResilience.apply()
  update(scope: Agents, id: AgentId, change: AgentUpdate, options?: CallOptions): Promise<AgentInfo> {
    return this.#dbSource.update(scope, id, change, options);
  }

  /**
   * Moves an agent to a status and notes the time: in `statusChangedAt`, and in `lostAt` while it is lost.
   * Throws `AgentNotFound`, and `AgentStatusConflict` if the status cannot follow the current one, or is it.
   */
  @agentRepositoryResilience.apply()
  updateStatus(scope: Agents, id: AgentId, status: AgentStatus, options?: CallOptions): Promise<AgentInfo> {
    return this.#dbSource.updateStatus(scope, id, status, options);
  }

  /** Hides an agent (soft); its id stays taken. Throws `AgentNotFound`. */
  @agentRepositoryResilience.apply()
  delete(scope: Agents, id: AgentId, options?: CallOptions): Promise<AgentInfo> {
    return this.#dbSource.delete(scope, id, options);
  }

  /** Brings a deleted agent back. Throws `AgentNotFound`. */
  @agentRepositoryResilience.apply()
  restore(scope: Agents, id: AgentId, options?: CallOptions): Promise<AgentInfo> {
    return this.#dbSource.restore(scope, id, options);
  }

  /** Removes an agent for good, deleted or not; returns its last data. Throws `AgentNotFound`. */
  @agentRepositoryResilience.apply()
  purge(scope: Agents, id: AgentId, options?: CallOptions): Promise<AgentInfo> {
    return this.#dbSource.purge(scope, id, options);
  }

  /** Changes many agents, all or none. A condition that matches every row must be said as `everyRow(reason)`. */
  @agentRepositoryResilience.apply()
  batchUpdate(scope: Agents, target: Target, change: AgentUpdate, options?: CallOptions): Promise<BatchResult> {
    return this.#dbSource.batchUpdate(scope, target, change, options);
  }

  /** Hides many agents (soft), all or none. */
  @agentRepositoryResilience.apply()
  batchDelete(scope: Agents, target: Target, options?: CallOptions): Promise<BatchResult> {
    return this.#dbSource.batchDelete(scope, target, options);
  }

  /** Removes many agents for good, deleted or not, all or none. */
  @agentRepositoryResilience.apply()
  batchPurge(scope: Agents, target: Target, options?: CallOptions): Promise<BatchResult> {
    return this.#dbSource.batchPurge(scope, target, options);
  }
}
