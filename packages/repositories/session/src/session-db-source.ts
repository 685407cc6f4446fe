import {
  type BatchPurgeOptions,
  type BatchResult,
  type BatchTarget,
  type DbReadSession,
  type DbWriteSession,
  entityOperations,
  type Executor,
  type PartialResult,
  type ReadOptions,
  type LockOptions,
  UniqueViolation,
  type WriteOptions,
} from '@holdfast/base';
import type { AccessKey, ScalingGroupName, SessionId } from '@holdfast/domain-types';
import {
  and,
  type BatchQuerier,
  batchQuerier,
  freeze,
  type Page,
  type QueryCondition,
  type Scope,
} from '@holdfast/querier';
import { SessionAlreadyExists } from './session-already-exists.js';
import { SessionConditions } from './session-conditions.js';
import type { SessionCreationSpec } from './session-creation-spec.js';
import { sessionCreator } from './session-creator.js';
import type { SessionInfo } from './session-info.js';
import { SessionNotFound } from './session-not-found.js';
import { SessionOrders } from './session-orders.js';
import { sessionDbSourceResilience } from './session-resilience.js';
import { sessionRowLevelSecurity } from './session-row-level-security.js';
import { SessionRow, toSessionInfo } from './session-row.js';
import { SessionStatusConflict } from './session-status-conflict.js';
import { isLegalTransition, type SessionStatus } from './session-status.js';
import { sessionTransition } from './session-transition.js';
import type { SessionUpdate } from './session-update.js';
import { sessionUpdater } from './session-updater.js';

const sessions = entityOperations<SessionRow, SessionInfo, SessionId>({
  entity: SessionRow,
  toData: toSessionInfo,
  notFound: (id) => new SessionNotFound(id),
  alreadyExists: () => new SessionAlreadyExists(),
  softDelete: 'deletedAt',
  rowLevelSecurity: sessionRowLevelSecurity,
  integrityErrorChecks: [
    {
      violation: UniqueViolation,
      constraint: 'sessions_live_name_key',
      error: (violation) => new SessionAlreadyExists(violation),
    },
  ],
});

type Sessions = Scope<SessionRow>;
type Target = BatchTarget<SessionRow, SessionId>;

// Beyond it somebody keeps moving the row, or the database keeps it where it is.
const MOST_ATTEMPTS = 3;

/** All SQL on sessions. Each method executes one spec, on the database or in the dbSession that the source is within. */
export class SessionDbSource {
  readonly #executor: Executor;

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  /** The same source inside a running unit of work. */
  within(dbSession: DbReadSession | DbWriteSession): SessionDbSource {
    return new SessionDbSource(dbSession);
  }

  @sessionDbSourceResilience.apply()
  create(scope: Sessions, spec: SessionCreationSpec, options?: WriteOptions): Promise<SessionInfo> {
    return this.#executor.execute(sessions.create(scope, sessionCreator(spec)), options);
  }

  @sessionDbSourceResilience.apply()
  bulkCreate(
    scope: Sessions,
    specs: readonly SessionCreationSpec[],
    options?: WriteOptions,
  ): Promise<readonly SessionInfo[]> {
    return this.#executor.execute(sessions.bulkCreate(scope, specs.map(sessionCreator)), options);
  }

  @sessionDbSourceResilience.apply()
  async bulkCreatePartial(
    scope: Sessions,
    specs: readonly SessionCreationSpec[],
    options?: WriteOptions,
  ): Promise<PartialResult<SessionInfo, SessionCreationSpec>> {
    const spec = sessions.bulkCreatePartial(scope, specs.map(sessionCreator));
    const { successes, failures } = await this.#executor.execute(spec, options);
    return freeze({ successes, failures: failures.map((failure) => ({ ...failure, spec: specs[failure.index]! })) });
  }

  @sessionDbSourceResilience.apply()
  get(scope: Sessions, id: SessionId, options?: ReadOptions | LockOptions): Promise<SessionInfo> {
    return this.#executor.execute(sessions.get(scope, id, options), options);
  }

  @sessionDbSourceResilience.apply()
  find(scope: Sessions, id: SessionId, options?: ReadOptions | LockOptions): Promise<SessionInfo | null> {
    return this.#executor.execute(sessions.find(scope, id, options), options);
  }

  @sessionDbSourceResilience.apply()
  loadMany(
    scope: Sessions,
    ids: readonly SessionId[],
    options?: ReadOptions,
  ): Promise<readonly (SessionInfo | null)[]> {
    return this.#executor.execute(sessions.loadMany(scope, ids, options), options);
  }

  @sessionDbSourceResilience.apply()
  search(scope: Sessions, querier: BatchQuerier<SessionRow>, options?: ReadOptions): Promise<Page<SessionInfo>> {
    return this.#executor.execute(sessions.search(scope, querier, options), options);
  }

  @sessionDbSourceResilience.apply()
  count(scope: Sessions, condition: QueryCondition<SessionRow>, options?: ReadOptions): Promise<number> {
    return this.#executor.execute(sessions.count(scope, condition, options), options);
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
    return (await this.#executor.execute(sessions.search(scope, querier, options), options)).items;
  }

  @sessionDbSourceResilience.apply()
  countActiveSessionsByScalingGroup(scope: Sessions, name: ScalingGroupName, options?: ReadOptions): Promise<number> {
    const condition = and(SessionConditions.scalingGroupEquals(name), SessionConditions.isActive());
    return this.#executor.execute(sessions.count(scope, condition, options), options);
  }

  @sessionDbSourceResilience.apply()
  update(scope: Sessions, id: SessionId, change: SessionUpdate, options?: WriteOptions): Promise<SessionInfo> {
    return this.#executor.execute(sessions.update(scope, id, sessionUpdater(change)), options);
  }

  @sessionDbSourceResilience.apply()
  async updateStatus(scope: Sessions, id: SessionId, to: SessionStatus, options?: WriteOptions): Promise<SessionInfo> {
    const { condition, ...transition } = sessionTransition(to);
    for (let attempt = 1; ; attempt++) {
      const moved = await this.#executor.execute(sessions.updateIf(scope, id, condition, transition), options);
      if (moved !== null) return moved;
      const { status } = await this.#executor.execute(sessions.get(scope, id), options);
      if (attempt === MOST_ATTEMPTS || !isLegalTransition(status, to)) throw new SessionStatusConflict(id, status, to);
      // Somebody else moved it in between to where the change is legal: it deserves another try.
    }
  }

  @sessionDbSourceResilience.apply()
  delete(scope: Sessions, id: SessionId, options?: WriteOptions): Promise<SessionInfo> {
    return this.#executor.execute(sessions.delete(scope, id), options);
  }

  @sessionDbSourceResilience.apply()
  restore(scope: Sessions, id: SessionId, options?: WriteOptions): Promise<SessionInfo> {
    return this.#executor.execute(sessions.restore(scope, id), options);
  }

  @sessionDbSourceResilience.apply()
  purge(scope: Sessions, id: SessionId, options?: WriteOptions): Promise<SessionInfo> {
    return this.#executor.execute(sessions.purge(scope, id), options);
  }

  @sessionDbSourceResilience.apply()
  batchUpdate(scope: Sessions, target: Target, change: SessionUpdate, options?: WriteOptions): Promise<BatchResult> {
    return this.#executor.execute(sessions.batchUpdate(scope, target, sessionUpdater(change)), options);
  }

  @sessionDbSourceResilience.apply()
  batchDelete(scope: Sessions, target: Target, options?: WriteOptions): Promise<BatchResult> {
    return this.#executor.execute(sessions.batchDelete(scope, target), options);
  }

  @sessionDbSourceResilience.apply()
  batchPurge(
    scope: Sessions,
    target: Target,
    { batchSize, ...options }: WriteOptions & Pick<BatchPurgeOptions, 'batchSize'> = {},
  ): Promise<BatchResult> {
    const batches = batchSize === undefined ? {} : { batchSize };
    return this.#executor.execute(sessions.batchPurge(scope, target, batches), options);
  }
}
