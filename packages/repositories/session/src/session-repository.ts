import type {
  BatchPurgeOptions,
  BatchResult,
  BatchTarget,
  DbReadSession,
  DbWriteSession,
  PartialResult,
  ReadOptions,
  LockOptions,
  WriteOptions,
} from '@holdfast/base';
import type { AccessKey, ScalingGroupName, SessionId } from '@holdfast/domain-types';
import type { BatchQuerier, Page, QueryCondition, Scope } from '@holdfast/querier';
import { type Resilience, useResilience } from '@holdfast/resilience';
import type { SessionCreationSpec } from './session-creation-spec.js';
import type { SessionDbSource } from './session-db-source.js';
import type { SessionInfo } from './session-info.js';
import { sessionRepositoryResilience } from './session-resilience.js';
import type { SessionRow } from './session-row.js';
import type { SessionStatus } from './session-status.js';
import type { SessionUpdate } from './session-update.js';

type Sessions = Scope<SessionRow>;
type Target = BatchTarget<SessionRow, SessionId>;

export interface SessionRepositoryArgs {
  readonly dbSource: SessionDbSource;
  /** Replaces the default, `metrics(retry(call))`, for this instance. */
  readonly resilience?: Resilience;
}

/**
 * Compute sessions. Every operation is confined to a scope: what lies outside of it cannot be told from what is not
 * there. Deleted sessions are seen only where `includeDeleted` is said.
 */
export class SessionRepository {
  readonly #dbSource: SessionDbSource;
  readonly #resilience: Resilience | undefined;

  constructor({ dbSource, resilience }: SessionRepositoryArgs) {
    this.#dbSource = dbSource;
    this.#resilience = resilience;
    if (resilience !== undefined) useResilience(this, resilience);
  }

  /** The same repository inside a running unit of work, so that several repositories share one transaction. */
  within(dbSession: DbReadSession | DbWriteSession): SessionRepository {
    const dbSource = this.#dbSource.within(dbSession);
    return new SessionRepository(
      this.#resilience === undefined ? { dbSource } : { dbSource, resilience: this.#resilience },
    );
  }

  /**
   * Creates a pending session in the scope. Throws `SessionAlreadyExists` if the user has a live session of this name,
   * `OutsideScope` if the spec says what the scope does not, and `InvalidInput`.
   */
  @sessionRepositoryResilience.apply()
  create(scope: Sessions, spec: SessionCreationSpec, options?: WriteOptions): Promise<SessionInfo> {
    return this.#dbSource.create(scope, spec, options);
  }

  /** Creates all or none, in one statement; results in the order given. Throws what `create` throws. */
  @sessionRepositoryResilience.apply()
  bulkCreate(
    scope: Sessions,
    specs: readonly SessionCreationSpec[],
    options?: WriteOptions,
  ): Promise<readonly SessionInfo[]> {
    return this.#dbSource.bulkCreate(scope, specs, options);
  }

  /**
   * Creates those that can be created, in one transaction, and says of the others which they are and why: their errors
   * are what `create` throws.
   */
  @sessionRepositoryResilience.apply()
  bulkCreatePartial(
    scope: Sessions,
    specs: readonly SessionCreationSpec[],
    options?: WriteOptions,
  ): Promise<PartialResult<SessionInfo, SessionCreationSpec>> {
    return this.#dbSource.bulkCreatePartial(scope, specs, options);
  }

  /**
   * One session by id; within a dbSession that writes its row can be locked until the end. Throws `SessionNotFound`, and
   * `LockNotAvailable` where it shall not wait.
   */
  @sessionRepositoryResilience.apply()
  get(scope: Sessions, id: SessionId, options?: ReadOptions | LockOptions): Promise<SessionInfo> {
    return this.#dbSource.get(scope, id, options);
  }

  /** Another name of `get`, reported under its own: the one that the rest of the system knows it by. */
  @sessionRepositoryResilience.apply()
  getSessionById(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionInfo> {
    return this.#dbSource.get(scope, id, options);
  }

  /** The same as `getSessionById`: all that this package returns is fit for external exposure. */
  @sessionRepositoryResilience.apply()
  getSessionInfo(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionInfo> {
    return this.#dbSource.get(scope, id, options);
  }

  /** One session by id, or null: for when it is not certain that there is one. */
  @sessionRepositoryResilience.apply()
  find(scope: Sessions, id: SessionId, options?: ReadOptions | LockOptions): Promise<SessionInfo | null> {
    return this.#dbSource.find(scope, id, options);
  }

  /** Many sessions by id in one statement, in the order of the ids, null for what is not there. */
  @sessionRepositoryResilience.apply()
  loadMany(
    scope: Sessions,
    ids: readonly SessionId[],
    options?: ReadOptions,
  ): Promise<readonly (SessionInfo | null)[]> {
    return this.#dbSource.loadMany(scope, ids, options);
  }

  /** One page of the sessions that match. Build the querier with `batchQuerier`, or parse it with `sessionFields`. */
  @sessionRepositoryResilience.apply()
  search(scope: Sessions, querier: BatchQuerier<SessionRow>, options?: ReadOptions): Promise<Page<SessionInfo>> {
    return this.#dbSource.search(scope, querier, options);
  }

  /** How many sessions match. */
  @sessionRepositoryResilience.apply()
  count(scope: Sessions, condition: QueryCondition<SessionRow>, options?: ReadOptions): Promise<number> {
    return this.#dbSource.count(scope, condition, options);
  }

  /** The newest sessions of an access key, at most `limit` (1 to 1,000). */
  @sessionRepositoryResilience.apply()
  listByAccessKey(
    scope: Sessions,
    accessKey: AccessKey,
    limit = 100,
    options?: ReadOptions,
  ): Promise<readonly SessionInfo[]> {
    return this.#dbSource.listByAccessKey(scope, accessKey, limit, options);
  }

  /** How many sessions of a scaling group are scheduled and neither over nor failed: `ACTIVE_SESSION_STATUSES`. */
  @sessionRepositoryResilience.apply()
  countActiveSessionsByScalingGroup(
    scope: Sessions,
    scalingGroupName: ScalingGroupName,
    options?: ReadOptions,
  ): Promise<number> {
    return this.#dbSource.countActiveSessionsByScalingGroup(scope, scalingGroupName, options);
  }

  /**
   * Changes a session; a change of nothing returns it as it is. Throws `SessionNotFound`, `SessionAlreadyExists` if the
   * new name is taken, and `InvalidInput`.
   */
  @sessionRepositoryResilience.apply()
  update(scope: Sessions, id: SessionId, change: SessionUpdate, options?: WriteOptions): Promise<SessionInfo> {
    return this.#dbSource.update(scope, id, change, options);
  }

  /**
   * Moves a session to a status and notes the time: in `statusChangedAt`, and in `terminatedAt` if it is then over.
   * Throws `SessionNotFound`, and `SessionStatusConflict` if the status cannot follow the current one, or is it.
   */
  @sessionRepositoryResilience.apply()
  updateStatus(scope: Sessions, id: SessionId, status: SessionStatus, options?: WriteOptions): Promise<SessionInfo> {
    return this.#dbSource.updateStatus(scope, id, status, options);
  }

  /** Hides a session (soft); its name is free again. It ends nothing. Throws `SessionNotFound`. */
  @sessionRepositoryResilience.apply()
  delete(scope: Sessions, id: SessionId, options?: WriteOptions): Promise<SessionInfo> {
    return this.#dbSource.delete(scope, id, options);
  }

  /** Brings a deleted session back. Throws `SessionNotFound`, and `SessionAlreadyExists` if its name is taken by now. */
  @sessionRepositoryResilience.apply()
  restore(scope: Sessions, id: SessionId, options?: WriteOptions): Promise<SessionInfo> {
    return this.#dbSource.restore(scope, id, options);
  }

  /** Removes a session and its kernels for good, deleted or not; returns its last data. Throws `SessionNotFound`. */
  @sessionRepositoryResilience.apply()
  purge(scope: Sessions, id: SessionId, options?: WriteOptions): Promise<SessionInfo> {
    return this.#dbSource.purge(scope, id, options);
  }

  /** Changes many sessions, all or none. A condition that matches every row must be said as `everyRow(reason)`. */
  @sessionRepositoryResilience.apply()
  batchUpdate(scope: Sessions, target: Target, change: SessionUpdate, options?: WriteOptions): Promise<BatchResult> {
    return this.#dbSource.batchUpdate(scope, target, change, options);
  }

  /** Hides many sessions (soft), all or none. */
  @sessionRepositoryResilience.apply()
  batchDelete(scope: Sessions, target: Target, options?: WriteOptions): Promise<BatchResult> {
    return this.#dbSource.batchDelete(scope, target, options);
  }

  /** Removes many sessions and their kernels for good, deleted or not, all or none; `batchSize` rows a statement. */
  @sessionRepositoryResilience.apply()
  batchPurge(
    scope: Sessions,
    target: Target,
    options?: WriteOptions & Pick<BatchPurgeOptions, 'batchSize'>,
  ): Promise<BatchResult> {
    return this.#dbSource.batchPurge(scope, target, options);
  }
}
