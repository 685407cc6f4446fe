import { type BatchResult, Database, type ReadOptions, type WriteOptions } from '@holdfast/base';
import {
  type AccessKey,
  type KernelId,
  type ResourceSlot,
  type ScalingGroupName,
  sessionId as checkSessionId,
  type SessionId,
} from '@holdfast/domain-types';
import { and, type BatchQuerier, batchQuerier, freeze, type Page, type Scope } from '@holdfast/querier';
import { standardDbSource, transition } from '@holdfast/standard-repository';
import { addDependencies } from './add-dependencies.js';
import { bulkCreateWithKernels, createWithKernels } from './create-with-kernels.js';
import type { KernelInfo } from './kernel-info.js';
import { kernels } from './kernel-operations.js';
import type { KernelRow } from './kernel-row.js';
import type { KernelStatusOptions } from './kernel-status-options.js';
import { kernelTransition } from './kernel-transition.js';
import type { OccupyOptions } from './occupy-options.js';
import { occupySlots } from './occupy-slots.js';
import { ownedScope } from './owned-scope.js';
import { readDependencyGraph } from './read-dependency-graph.js';
import { readSessionWithDependencies } from './read-session-with-dependencies.js';
import { removeDependencies } from './remove-dependencies.js';
import type { ResourceAllocation } from './resource-allocation.js';
import { rowsOfSession } from './rows-of-session.js';
import { kernelSearch } from './search-kernels.js';
import { SessionConditions } from './session-conditions.js';
import { sessionCreator } from './session-creator.js';
import type { SessionDependencyGraph } from './session-dependency-graph.js';
import type { SessionInfo } from './session-info.js';
import { SessionNotFound } from './session-not-found.js';
import { sessions } from './session-operations.js';
import { SessionOrders } from './session-orders.js';
import { kernelsOfSession, statusHistoryOfSession } from './session-parts.js';
import { matchedById, matchedByName, references } from './session-reference.js';
import { sessionDbSourceResilience } from './session-resilience.js';
import type { SessionRow } from './session-row.js';
import type { SessionStatus } from './session-status.js';
import { sessionTransition } from './session-transition.js';
import { sessionUpdater } from './session-updater.js';
import type { SessionWithDependencies } from './session-with-dependencies.js';
import type { SessionWithKernels } from './session-with-kernels.js';
import type { SessionWithKernelsSpec } from './session-with-kernels-spec.js';
import { checkList } from './spec-values.js';
import type { StatusTransition } from './status-transition.js';
import { sumAllocations } from './sum-allocations.js';
import { TooManySessionsMatched } from './too-many-sessions-matched.js';

const standard = standardDbSource(sessionDbSourceResilience, {
  operations: sessions,
  creator: sessionCreator,
  updater: sessionUpdater,
});

type Sessions = Scope<SessionRow>;

/** All SQL on sessions, and on what belongs to them. */
export class SessionDbSource extends standard {
  @sessionDbSourceResilience.apply()
  createWithKernels(
    scope: Sessions,
    spec: SessionWithKernelsSpec,
    options?: WriteOptions,
  ): Promise<SessionWithKernels> {
    return this.executor.execute(createWithKernels(scope, spec), options);
  }

  @sessionDbSourceResilience.apply()
  bulkCreateWithKernels(
    scope: Sessions,
    specs: readonly SessionWithKernelsSpec[],
    options?: WriteOptions,
  ): Promise<BatchResult> {
    return this.executor.execute(bulkCreateWithKernels(scope, specs), options);
  }

  @sessionDbSourceResilience.apply()
  async listByAccessKey(
    scope: Sessions,
    accessKey: AccessKey,
    limit: number,
    options?: ReadOptions,
  ): Promise<readonly SessionInfo[]> {
    const querier = batchQuerier<SessionRow>({
      conditions: [SessionConditions.accessKeyEquals(accessKey)],
      orders: [SessionOrders.createdAt({ ascending: false })],
      pagination: { limit, offset: 0 },
    });
    return (await this.executor.execute(sessions.search(scope, querier, options), options)).items;
  }

  @sessionDbSourceResilience.apply()
  async matchSessions(
    scope: Sessions,
    prefix: string,
    limit: number,
    options?: ReadOptions,
  ): Promise<readonly SessionInfo[]> {
    const matched = new Map<SessionId, SessionInfo>();
    // Names and ids have an index each, which no single condition on both would use.
    for (const condition of [matchedByName(prefix), matchedById(prefix)]) {
      if (condition === null) continue;
      const querier = batchQuerier<SessionRow>({
        conditions: [condition],
        orders: [SessionOrders.name()],
        pagination: { limit, offset: 0 },
      });
      const { items } = await this.executor.execute(sessions.search(scope, querier, options), options);
      for (const session of items) matched.set(session.id, session);
    }
    return freeze([...matched.values()].sort(byName).slice(0, limit));
  }

  @sessionDbSourceResilience.apply()
  async resolveSessionId(scope: Sessions, nameOrId: string, options?: ReadOptions): Promise<SessionId> {
    // A name may look like the id of another session: the id goes first, however many are called so.
    for (const condition of references(nameOrId)) {
      const querier = batchQuerier<SessionRow>({ conditions: [condition], pagination: { limit: 2, offset: 0 } });
      const { items } = await this.executor.execute(sessions.project(scope, ['id'], querier), options);
      if (items.length > 1) throw new TooManySessionsMatched(nameOrId);
      if (items[0] !== undefined) return items[0].id;
    }
    throw new SessionNotFound(nameOrId as SessionId);
  }

  @sessionDbSourceResilience.apply()
  countActiveSessionsByScalingGroup(scope: Sessions, name: ScalingGroupName, options?: ReadOptions): Promise<number> {
    const condition = and(SessionConditions.scalingGroupEquals(name), SessionConditions.isActive());
    return this.executor.execute(sessions.count(scope, condition, options), options);
  }

  @sessionDbSourceResilience.apply()
  updateStatus(scope: Sessions, id: SessionId, to: SessionStatus, options?: WriteOptions): Promise<SessionInfo> {
    return transition(this.executor, sessions, scope, id, sessionTransition(to), options);
  }

  @sessionDbSourceResilience.apply()
  getStatusHistory(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<readonly StatusTransition[]> {
    return this.executor.execute(rowsOfSession(scope, id, statusHistoryOfSession, options), options);
  }

  @sessionDbSourceResilience.apply()
  getSessionWithDependencies(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionWithDependencies> {
    const { executor } = this;
    if (!(executor instanceof Database)) return readSessionWithDependencies(executor, scope, id, options);
    return executor.beginReadonlySession((dbSession) => readSessionWithDependencies(dbSession, scope, id, options), {
      ...options,
      snapshot: true,
    });
  }

  @sessionDbSourceResilience.apply()
  listKernels(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<readonly KernelInfo[]> {
    return this.executor.execute(rowsOfSession(scope, id, kernelsOfSession, options), options);
  }

  @sessionDbSourceResilience.apply()
  searchKernels(scope: Sessions, querier: BatchQuerier<KernelRow>, options?: ReadOptions): Promise<Page<KernelInfo>> {
    return this.executor.execute(kernelSearch(scope, querier, options), options);
  }

  @sessionDbSourceResilience.apply()
  updateKernelStatus(
    scope: Sessions,
    id: KernelId,
    to: SessionStatus,
    { agentId, ...options }: KernelStatusOptions,
  ): Promise<KernelInfo> {
    return transition(this.executor, kernels, ownedScope(scope), id, kernelTransition(to, agentId), options);
  }

  @sessionDbSourceResilience.apply()
  occupySlots(
    scope: Sessions,
    id: KernelId,
    slots: ResourceSlot,
    { agentId, ...options }: OccupyOptions,
  ): Promise<void> {
    return this.executor.execute(occupySlots(ownedScope(scope), id, slots, agentId), options);
  }

  @sessionDbSourceResilience.apply()
  loadAllocationsBySession(
    scope: Sessions,
    ids: readonly SessionId[],
    options?: ReadOptions,
  ): Promise<readonly (ResourceAllocation | null)[]> {
    return this.executor.execute(sumAllocations(scope, 'session', ids, options), options);
  }

  @sessionDbSourceResilience.apply()
  loadAllocationsByKernel(
    scope: Sessions,
    ids: readonly KernelId[],
    options?: ReadOptions,
  ): Promise<readonly (ResourceAllocation | null)[]> {
    return this.executor.execute(sumAllocations(scope, 'kernel', ids, options), options);
  }

  @sessionDbSourceResilience.apply()
  addDependencies(
    scope: Sessions,
    sessionId: SessionId,
    dependsOn: readonly SessionId[],
    options?: WriteOptions,
  ): Promise<void> {
    checkSessionId(sessionId, '/id');
    checkList(dependsOn, '/dependsOn');
    const dependencies = dependsOn.map((other, i) => {
      checkSessionId(other, `/dependsOn/${i}`);
      return { sessionId, dependsOn: other };
    });
    return this.executor.execute(addDependencies(scope, dependencies, { ofPending: true }), options);
  }

  @sessionDbSourceResilience.apply()
  removeDependencies(
    scope: Sessions,
    sessionId: SessionId,
    dependsOn: readonly SessionId[],
    options?: WriteOptions,
  ): Promise<BatchResult> {
    checkList(dependsOn, '/dependsOn');
    return this.executor.execute(removeDependencies(scope, sessionId, dependsOn), options);
  }

  @sessionDbSourceResilience.apply()
  getDependencyGraph(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionDependencyGraph> {
    return this.executor.execute(readDependencyGraph(scope, id, options), options);
  }
}

/** The order of the database, which compares names byte by byte. */
function byName(a: SessionInfo, b: SessionInfo): number {
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)) || (a.id < b.id ? -1 : 1);
}
