import {
  type BatchPurgeOptions,
  type BatchResult,
  type BatchTarget,
  type BulkUpsertResult,
  type DbReadSession,
  type DbWriteSession,
  entityOperations,
  type Executor,
  type PartialResult,
  type ReadOptions,
  type LockOptions,
  type UpsertResult,
  type UpsertRule,
  type WriteOptions,
} from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';
import { type BatchQuerier, freeze, type Page, type QueryCondition, type Scope } from '@holdfast/querier';
import { AgentAlreadyExists } from './agent-already-exists.js';
import type { AgentCreationSpec } from './agent-creation-spec.js';
import { agentCreator } from './agent-creator.js';
import type { AgentInfo } from './agent-info.js';
import { AgentNotFound } from './agent-not-found.js';
import { agentDbSourceResilience } from './agent-resilience.js';
import { AgentRow, toAgentInfo } from './agent-row.js';
import { AgentStatusConflict } from './agent-status-conflict.js';
import { isLegalTransition, type AgentStatus } from './agent-status.js';
import { agentTransition } from './agent-transition.js';
import type { AgentUpdate } from './agent-update.js';
import { agentUpdater } from './agent-updater.js';

const agents = entityOperations<AgentRow, AgentInfo, AgentId>({
  entity: AgentRow,
  toData: toAgentInfo,
  notFound: (id) => new AgentNotFound(id),
  alreadyExists: () => new AgentAlreadyExists(),
  softDelete: 'deletedAt',
});

/** What an agent says of itself, again and again. Its status, and whether it may be used, others say. */
const heartbeat: UpsertRule<AgentRow> = {
  update: ['region', 'availableSlots', 'addr', 'version', 'architecture', 'gpuModel'],
};

type Agents = Scope<AgentRow>;
type Target = BatchTarget<AgentRow, AgentId>;

// Beyond it somebody keeps moving the row, or the database keeps it where it is.
const MOST_ATTEMPTS = 3;

/** All SQL on agents. Each method executes one spec, on the database or in the dbSession that the source is within. */
export class AgentDbSource {
  readonly #executor: Executor;

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  /** The same source inside a running unit of work. */
  within(dbSession: DbReadSession | DbWriteSession): AgentDbSource {
    return new AgentDbSource(dbSession);
  }

  @agentDbSourceResilience.apply()
  create(scope: Agents, spec: AgentCreationSpec, options?: WriteOptions): Promise<AgentInfo> {
    return this.#executor.execute(agents.create(scope, agentCreator(spec)), options);
  }

  @agentDbSourceResilience.apply()
  bulkCreate(
    scope: Agents,
    specs: readonly AgentCreationSpec[],
    options?: WriteOptions,
  ): Promise<readonly AgentInfo[]> {
    return this.#executor.execute(agents.bulkCreate(scope, specs.map(agentCreator)), options);
  }

  @agentDbSourceResilience.apply()
  async bulkCreatePartial(
    scope: Agents,
    specs: readonly AgentCreationSpec[],
    options?: WriteOptions,
  ): Promise<PartialResult<AgentInfo, AgentCreationSpec>> {
    const spec = agents.bulkCreatePartial(scope, specs.map(agentCreator));
    const { successes, failures } = await this.#executor.execute(spec, options);
    return freeze({ successes, failures: failures.map((failure) => ({ ...failure, spec: specs[failure.index]! })) });
  }

  @agentDbSourceResilience.apply()
  get(scope: Agents, id: AgentId, options?: ReadOptions | LockOptions): Promise<AgentInfo> {
    return this.#executor.execute(agents.get(scope, id, options), options);
  }

  @agentDbSourceResilience.apply()
  find(scope: Agents, id: AgentId, options?: ReadOptions | LockOptions): Promise<AgentInfo | null> {
    return this.#executor.execute(agents.find(scope, id, options), options);
  }

  @agentDbSourceResilience.apply()
  loadMany(scope: Agents, ids: readonly AgentId[], options?: ReadOptions): Promise<readonly (AgentInfo | null)[]> {
    return this.#executor.execute(agents.loadMany(scope, ids, options), options);
  }

  @agentDbSourceResilience.apply()
  search(scope: Agents, querier: BatchQuerier<AgentRow>, options?: ReadOptions): Promise<Page<AgentInfo>> {
    return this.#executor.execute(agents.search(scope, querier, options), options);
  }

  @agentDbSourceResilience.apply()
  count(scope: Agents, condition: QueryCondition<AgentRow>, options?: ReadOptions): Promise<number> {
    return this.#executor.execute(agents.count(scope, condition, options), options);
  }

  @agentDbSourceResilience.apply()
  update(scope: Agents, id: AgentId, change: AgentUpdate, options?: WriteOptions): Promise<AgentInfo> {
    return this.#executor.execute(agents.update(scope, id, agentUpdater(change)), options);
  }

  @agentDbSourceResilience.apply()
  upsert(scope: Agents, spec: AgentCreationSpec, options?: WriteOptions): Promise<UpsertResult<AgentInfo>> {
    return this.#executor.execute(agents.upsert(scope, { ...agentCreator(spec), ...heartbeat }), options);
  }

  @agentDbSourceResilience.apply()
  bulkUpsert(scope: Agents, specs: readonly AgentCreationSpec[], options?: WriteOptions): Promise<BulkUpsertResult> {
    return this.#executor.execute(agents.bulkUpsert(scope, specs.map(agentCreator), heartbeat), options);
  }

  @agentDbSourceResilience.apply()
  async updateStatus(scope: Agents, id: AgentId, to: AgentStatus, options?: WriteOptions): Promise<AgentInfo> {
    const { condition, ...transition } = agentTransition(to);
    for (let attempt = 1; ; attempt++) {
      const moved = await this.#executor.execute(agents.updateIf(scope, id, condition, transition), options);
      if (moved !== null) return moved;
      const { status } = await this.#executor.execute(agents.get(scope, id), options);
      if (attempt === MOST_ATTEMPTS || !isLegalTransition(status, to)) throw new AgentStatusConflict(id, status, to);
      // Somebody else moved it in between to where the change is legal: it deserves another try.
    }
  }

  @agentDbSourceResilience.apply()
  delete(scope: Agents, id: AgentId, options?: WriteOptions): Promise<AgentInfo> {
    return this.#executor.execute(agents.delete(scope, id), options);
  }

  @agentDbSourceResilience.apply()
  restore(scope: Agents, id: AgentId, options?: WriteOptions): Promise<AgentInfo> {
    return this.#executor.execute(agents.restore(scope, id), options);
  }

  @agentDbSourceResilience.apply()
  purge(scope: Agents, id: AgentId, options?: WriteOptions): Promise<AgentInfo> {
    return this.#executor.execute(agents.purge(scope, id), options);
  }

  @agentDbSourceResilience.apply()
  batchUpdate(scope: Agents, target: Target, change: AgentUpdate, options?: WriteOptions): Promise<BatchResult> {
    return this.#executor.execute(agents.batchUpdate(scope, target, agentUpdater(change)), options);
  }

  @agentDbSourceResilience.apply()
  batchDelete(scope: Agents, target: Target, options?: WriteOptions): Promise<BatchResult> {
    return this.#executor.execute(agents.batchDelete(scope, target), options);
  }

  @agentDbSourceResilience.apply()
  batchPurge(
    scope: Agents,
    target: Target,
    { batchSize, ...options }: WriteOptions & Pick<BatchPurgeOptions, 'batchSize'> = {},
  ): Promise<BatchResult> {
    const batches = batchSize === undefined ? {} : { batchSize };
    return this.#executor.execute(agents.batchPurge(scope, target, batches), options);
  }
}
