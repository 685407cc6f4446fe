import type {
  BatchPurgeOptions,
  BatchResult,
  BatchTarget,
  BulkUpsertResult,
  DbReadSession,
  DbWriteSession,
  PartialResult,
  ReadOptions,
  LockOptions,
  UpsertResult,
  WriteOptions,
} from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';
import type { BatchQuerier, Page, QueryCondition, Scope } from '@holdfast/querier';
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
  create(scope: Agents, spec: AgentCreationSpec, options?: WriteOptions): Promise<AgentInfo> {
    return this.#dbSource.create(scope, spec, options);
  }

  /** Creates all or none, in one statement; results in the order given. Throws what `create` throws. */
  @agentRepositoryResilience.apply()
  bulkCreate(
    scope: Agents,
    specs: readonly AgentCreationSpec[],
    options?: WriteOptions,
  ): Promise<readonly AgentInfo[]> {
    return this.#dbSource.bulkCreate(scope, specs, options);
  }

  /**
   * Creates those that can be created, in one transaction, and says of the others which they are and why: their errors
   * are what `create` throws.
   */
  @agentRepositoryResilience.apply()
  bulkCreatePartial(
    scope: Agents,
    specs: readonly AgentCreationSpec[],
    options?: WriteOptions,
  ): Promise<PartialResult<AgentInfo, AgentCreationSpec>> {
    return this.#dbSource.bulkCreatePartial(scope, specs, options);
  }

  /**
   * One agent by id; within a dbSession that writes its row can be locked until the end. Throws `AgentNotFound`, and
   * `LockNotAvailable` where it shall not wait.
   */
  @agentRepositoryResilience.apply()
  get(scope: Agents, id: AgentId, options?: ReadOptions | LockOptions): Promise<AgentInfo> {
    return this.#dbSource.get(scope, id, options);
  }

  /** One agent by id, or null: for when it is not certain that there is one. */
  @agentRepositoryResilience.apply()
  find(scope: Agents, id: AgentId, options?: ReadOptions | LockOptions): Promise<AgentInfo | null> {
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

  /** How many agents match. */
  @agentRepositoryResilience.apply()
  count(scope: Agents, condition: QueryCondition<AgentRow>, options?: ReadOptions): Promise<number> {
    return this.#dbSource.count(scope, condition, options);
  }

  /**
   * Changes an agent; a change of nothing returns it as it is. Throws `AgentNotFound` and `InvalidInput`.
   */
  @agentRepositoryResilience.apply()
  update(scope: Agents, id: AgentId, change: AgentUpdate, options?: WriteOptions): Promise<AgentInfo> {
    return this.#dbSource.update(scope, id, change, options);
  }

  /**
   * A heartbeat: lets an agent join, or takes over what it says of itself by now (region, slots, address, version,
   * architecture, GPU). Status, `schedulable` and occupied slots of one that is there stay. Throws `AgentAlreadyExists`
   * if the id is taken in another scaling group, `RowDeleted` if the agent is deleted, `OutsideScope` and `InvalidInput`.
   */
  @agentRepositoryResilience.apply()
  upsert(scope: Agents, spec: AgentCreationSpec, options?: WriteOptions): Promise<UpsertResult<AgentInfo>> {
    return this.#dbSource.upsert(scope, spec, options);
  }

  /** The heartbeats of many agents, all or none. Throws what `upsert` throws, and `InvalidInput` if one is there twice. */
  @agentRepositoryResilience.apply()
  bulkUpsert(scope: Agents, specs: readonly AgentCreationSpec[], options?: WriteOptions): Promise<BulkUpsertResult> {
    return this.#dbSource.bulkUpsert(scope, specs, options);
  }

  /**
   * Moves an agent to a status and notes the time: in `statusChangedAt`, and in `lostAt` while it is lost.
   * Throws `AgentNotFound`, and `AgentStatusConflict` if the status cannot follow the current one, or is it.
   */
  @agentRepositoryResilience.apply()
  updateStatus(scope: Agents, id: AgentId, status: AgentStatus, options?: WriteOptions): Promise<AgentInfo> {
    return this.#dbSource.updateStatus(scope, id, status, options);
  }

  /** Hides an agent (soft); its id stays taken. Throws `AgentNotFound`. */
  @agentRepositoryResilience.apply()
  delete(scope: Agents, id: AgentId, options?: WriteOptions): Promise<AgentInfo> {
    return this.#dbSource.delete(scope, id, options);
  }

  /** Brings a deleted agent back. Throws `AgentNotFound`. */
  @agentRepositoryResilience.apply()
  restore(scope: Agents, id: AgentId, options?: WriteOptions): Promise<AgentInfo> {
    return this.#dbSource.restore(scope, id, options);
  }

  /** Removes an agent for good, deleted or not; returns its last data. Throws `AgentNotFound`. */
  @agentRepositoryResilience.apply()
  purge(scope: Agents, id: AgentId, options?: WriteOptions): Promise<AgentInfo> {
    return this.#dbSource.purge(scope, id, options);
  }

  /** Changes many agents, all or none. A condition that matches every row must be said as `everyRow(reason)`. */
  @agentRepositoryResilience.apply()
  batchUpdate(scope: Agents, target: Target, change: AgentUpdate, options?: WriteOptions): Promise<BatchResult> {
    return this.#dbSource.batchUpdate(scope, target, change, options);
  }

  /** Hides many agents (soft), all or none. */
  @agentRepositoryResilience.apply()
  batchDelete(scope: Agents, target: Target, options?: WriteOptions): Promise<BatchResult> {
    return this.#dbSource.batchDelete(scope, target, options);
  }

  /** Removes many agents for good, deleted or not, all or none; `batchSize` rows a statement. */
  @agentRepositoryResilience.apply()
  batchPurge(
    scope: Agents,
    target: Target,
    options?: WriteOptions & Pick<BatchPurgeOptions, 'batchSize'>,
  ): Promise<BatchResult> {
    return this.#dbSource.batchPurge(scope, target, options);
  }
}
