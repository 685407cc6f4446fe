import type { BatchResult, ReadOptions, WriteOptions } from '@holdfast/base';
import type { AccessKey, KernelId, ResourceSlot, ScalingGroupName, SessionId } from '@holdfast/domain-types';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { type StatementsOf, standardRepository, transitionStatements } from '@holdfast/standard-repository';
import type { KernelInfo } from './kernel-info.js';
import type { KernelRow } from './kernel-row.js';
import type { KernelStatusOptions } from './kernel-status-options.js';
import { occupyingStatements } from './occupy-slots.js';
import type { ResourceAllocation } from './resource-allocation.js';
import type { OccupyOptions } from './occupy-options.js';
import { SessionDbSource } from './session-db-source.js';
import type { SessionDependencyGraph } from './session-dependency-graph.js';
import type { SessionInfo } from './session-info.js';
import { sessionRepositoryResilience } from './session-resilience.js';
import type { SessionRow } from './session-row.js';
import type { SessionStatus } from './session-status.js';
import type { SessionWithDependencies } from './session-with-dependencies.js';
import type { SessionWithKernels } from './session-with-kernels.js';
import type { SessionWithKernelsSpec } from './session-with-kernels-spec.js';
import type { StatusTransition } from './status-transition.js';

type Sessions = Scope<SessionRow>;

/** How many statements of rows there are: 1,000 rows go in one. */
const inPieces = (rows: number): number => Math.ceil(rows / 1_000);

/**
 * Compute sessions, and what belongs to them: kernels, what those hold, mounted folders, dependencies. A session is
 * created pending; its name is its own among the live sessions of its user, and is free again once it is over or deleted.
 * Deleting it ends nothing; purging it removes all that belongs to it.
 *
 * Whatever belongs to sessions is asked for by the scopes of sessions. One that says more than whose they are is refused
 * there (Misuse).
 */
export class SessionRepository extends standardRepository(sessionRepositoryResilience, SessionDbSource) {
  static readonly statements: StatementsOf<SessionRepository> = {
    // Of so many kernels, mounts and sessions that are waited for: the session, the dependencies, and pieces of the rest.
    createWithKernels: ({ rows }) => 2 + 3 * inPieces(rows),
    // Each piece of sessions with its kernels, allocations, mounts and dependencies; of one kernel and one mount each.
    bulkCreateWithKernels: ({ rows }) => 5 * inPieces(rows),
    getSessionById: () => 1,
    getSessionInfo: () => 1,
    getSessionWithDependencies: () => 5,
    // What is no id is looked for by its name at once.
    resolveSessionId: () => 2,
    // What no id begins with is looked for among names alone.
    matchSessions: () => 2,
    listByAccessKey: () => 1,
    countActiveSessionsByScalingGroup: () => 1,
    updateStatus: () => transitionStatements,
    getStatusHistory: () => 1,
    listKernels: () => 1,
    searchKernels: () => 1,
    updateKernelStatus: () => transitionStatements,
    occupySlots: () => occupyingStatements,
    loadAllocationsBySession: () => 1,
    loadAllocationsByKernel: () => 1,
    addDependencies: () => 1,
    removeDependencies: () => 1,
    getDependencyGraph: () => 1,
  };

  /**
   * Creates a session with its kernels, and what it mounts and waits for, in one transaction. Throws what `create` throws;
   * `InvalidInput` for kernels that ask for something else than the session, `SessionNotFound` for a dependency that is not
   * in the scope, and `SessionDependencyCycle`.
   */
  @sessionRepositoryResilience.apply()
  createWithKernels(
    scope: Sessions,
    spec: SessionWithKernelsSpec,
    options?: WriteOptions,
  ): Promise<SessionWithKernels> {
    return this.dbSource.createWithKernels(scope, spec, options);
  }

  /**
   * The same for many, all or none; they are counted and not sent back. Sessions may wait for others of the same call,
   * wherever those stand in it.
   */
  @sessionRepositoryResilience.apply()
  bulkCreateWithKernels(
    scope: Sessions,
    specs: readonly SessionWithKernelsSpec[],
    options?: WriteOptions,
  ): Promise<BatchResult> {
    return this.dbSource.bulkCreateWithKernels(scope, specs, options);
  }

  /** Another name of `get`, reported under its own: the one that the rest of the system knows it by. */
  @sessionRepositoryResilience.apply()
  getSessionById(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionInfo> {
    return this.cacheSource.read(scope, id, options, (own) => this.dbSource.get(scope, id, own));
  }

  /** The same as `getSessionById`: all that this package returns is fit for external exposure. */
  @sessionRepositoryResilience.apply()
  getSessionInfo(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionInfo> {
    return this.cacheSource.read(scope, id, options, (own) => this.dbSource.get(scope, id, own));
  }

  /**
   * A session with its kernels, mounts and dependencies and what it holds, all of one moment; within a dbSession, as that
   * sees it. Throws `SessionNotFound`.
   */
  @sessionRepositoryResilience.apply()
  getSessionWithDependencies(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionWithDependencies> {
    return this.dbSource.getSessionWithDependencies(scope, id, options);
  }

  /**
   * The id of the session that is meant: by an id, which is held against the sessions of the scope, or by the name of a live
   * one. Throws `SessionNotFound`, and `TooManySessionsMatched` where users of the scope have live sessions of one name.
   */
  @sessionRepositoryResilience.apply()
  resolveSessionId(scope: Sessions, nameOrId: string, options?: ReadOptions): Promise<SessionId> {
    return this.dbSource.resolveSessionId(scope, nameOrId, options);
  }

  /** Live sessions whose name or id begins with a text, by name, at most `limit` (1 to 1,000). */
  @sessionRepositoryResilience.apply()
  matchSessions(scope: Sessions, prefix: string, limit = 100, options?: ReadOptions): Promise<readonly SessionInfo[]> {
    return this.dbSource.matchSessions(scope, prefix, limit, options);
  }

  /** The newest sessions of an access key, at most `limit` (1 to 1,000). */
  @sessionRepositoryResilience.apply()
  listByAccessKey(
    scope: Sessions,
    accessKey: AccessKey,
    limit = 100,
    options?: ReadOptions,
  ): Promise<readonly SessionInfo[]> {
    return this.dbSource.listByAccessKey(scope, accessKey, limit, options);
  }

  /** How many sessions of a scaling group are scheduled and neither over nor failed: `ACTIVE_SESSION_STATUSES`. */
  @sessionRepositoryResilience.apply()
  countActiveSessionsByScalingGroup(
    scope: Sessions,
    scalingGroupName: ScalingGroupName,
    options?: ReadOptions,
  ): Promise<number> {
    return this.dbSource.countActiveSessionsByScalingGroup(scope, scalingGroupName, options);
  }

  /**
   * Moves a session to a status and notes the time, in `statusChangedAt`, and in `terminatedAt` if it is then over: its
   * kernels are over with it, and hold nothing any more. One that is pending again takes the places of its kernels away.
   * The move is added to the history of the session.
   * Throws `SessionNotFound`, `SessionStatusConflict` if the status cannot follow the current one, or is it, and
   * `SessionHasEndedKernels` if the session would wait again with a kernel that is over.
   */
  @sessionRepositoryResilience.apply()
  updateStatus(scope: Sessions, id: SessionId, status: SessionStatus, options?: WriteOptions): Promise<SessionInfo> {
    return this.cacheSource.invalidating([id], () => this.dbSource.updateStatus(scope, id, status, options));
  }

  /** How the status of a session has changed, in order: one entry for each move that has happened. Throws `SessionNotFound`. */
  @sessionRepositoryResilience.apply()
  getStatusHistory(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<readonly StatusTransition[]> {
    return this.dbSource.getStatusHistory(scope, id, options);
  }

  /** The kernels of a session, by their index in the cluster. Throws `SessionNotFound`. */
  @sessionRepositoryResilience.apply()
  listKernels(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<readonly KernelInfo[]> {
    return this.dbSource.listKernels(scope, id, options);
  }

  /** One page of the kernels that match, of sessions that are not deleted, or `includeDeleted`. */
  @sessionRepositoryResilience.apply()
  searchKernels(scope: Sessions, querier: BatchQuerier<KernelRow>, options?: ReadOptions): Promise<Page<KernelInfo>> {
    return this.dbSource.searchKernels(scope, querier, options);
  }

  /**
   * Moves a kernel to a status, as sessions are moved, and to an agent if one is given. One that is then over holds nothing
   * any more, and one that waits has no place. Throws `KernelNotFound`, `KernelStatusConflict`, and `SessionIsPending` while
   * its session waits.
   */
  @sessionRepositoryResilience.apply()
  updateKernelStatus(
    scope: Sessions,
    id: KernelId,
    status: SessionStatus,
    options: KernelStatusOptions = {},
  ): Promise<KernelInfo> {
    return this.dbSource.updateKernelStatus(scope, id, status, options);
  }

  /**
   * Notes what a kernel uses from now on, in place of what it used: slots that are not named are not used. Throws
   * `KernelNotFound`, `KernelIsOver` for one that is terminated or cancelled, `KernelIsPending` for one that waits, and
   * `KernelIsElsewhere` where the report is from an agent that the kernel is not on.
   */
  @sessionRepositoryResilience.apply()
  occupySlots(scope: Sessions, id: KernelId, slots: ResourceSlot, options: OccupyOptions = {}): Promise<void> {
    return this.dbSource.occupySlots(scope, id, slots, options);
  }

  /** What sessions hold, in the order of the ids, null for those that are not there. */
  @sessionRepositoryResilience.apply()
  loadAllocationsBySession(
    scope: Sessions,
    ids: readonly SessionId[],
    options?: ReadOptions,
  ): Promise<readonly (ResourceAllocation | null)[]> {
    return this.dbSource.loadAllocationsBySession(scope, ids, options);
  }

  /** What kernels hold, in the order of the ids, null for those that are not there, nor those of deleted sessions. */
  @sessionRepositoryResilience.apply()
  loadAllocationsByKernel(
    scope: Sessions,
    ids: readonly KernelId[],
    options?: ReadOptions,
  ): Promise<readonly (ResourceAllocation | null)[]> {
    return this.dbSource.loadAllocationsByKernel(scope, ids, options);
  }

  /**
   * Makes a pending session wait for others of its owner, all or none; those that it waits for already stay. Throws
   * `SessionNotFound` for any that is not in the scope, `SessionIsNotPending`, `InvalidInput` for one of another owner, and
   * `SessionDependencyCycle`, also where another call would close the cycle at the same time.
   */
  @sessionRepositoryResilience.apply()
  addDependencies(
    scope: Sessions,
    id: SessionId,
    dependsOn: readonly SessionId[],
    options?: WriteOptions,
  ): Promise<void> {
    return this.dbSource.addDependencies(scope, id, dependsOn, options);
  }

  /** Lets a session wait no longer for others; returns how many it did wait for. */
  @sessionRepositoryResilience.apply()
  removeDependencies(
    scope: Sessions,
    id: SessionId,
    dependsOn: readonly SessionId[],
    options?: WriteOptions,
  ): Promise<BatchResult> {
    return this.dbSource.removeDependencies(scope, id, dependsOn, options);
  }

  /** A session with all that it waits for, however far away, by one recursive query. Throws `SessionNotFound`. */
  @sessionRepositoryResilience.apply()
  getDependencyGraph(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionDependencyGraph> {
    return this.dbSource.getDependencyGraph(scope, id, options);
  }
}
