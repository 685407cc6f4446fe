import type { ReadOptions, WriteOptions } from '@holdfast/base';
import type { AccessKey, ScalingGroupName, SessionId } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import { type StatementsOf, standardRepository, transitionStatements } from '@holdfast/standard-repository';
import { SessionDbSource } from './session-db-source.js';
import type { SessionInfo } from './session-info.js';
import { sessionRepositoryResilience } from './session-resilience.js';
import type { SessionRow } from './session-row.js';
import type { SessionStatus } from './session-status.js';

type Sessions = Scope<SessionRow>;

/**
 * Compute sessions. A session is created pending; its name is its own among the live sessions of its user, and is free
 * again once it is over or deleted. Deleting it ends nothing; purging it removes its kernels too.
 */
export class SessionRepository extends standardRepository(sessionRepositoryResilience, SessionDbSource) {
  static readonly statements: StatementsOf<SessionRepository> = {
    getSessionById: () => 1,
    getSessionInfo: () => 1,
    listByAccessKey: () => 1,
    countActiveSessionsByScalingGroup: () => 1,
    updateStatus: () => transitionStatements,
  };

  /** Another name of `get`, reported under its own: the one that the rest of the system knows it by. */
  @sessionRepositoryResilience.apply()
  getSessionById(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionInfo> {
    return this.dbSource.get(scope, id, options);
  }

  /** The same as `getSessionById`: all that this package returns is fit for external exposure. */
  @sessionRepositoryResilience.apply()
  getSessionInfo(scope: Sessions, id: SessionId, options?: ReadOptions): Promise<SessionInfo> {
    return this.dbSource.get(scope, id, options);
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
   * Moves a session to a status and notes the time: in `statusChangedAt`, and in `terminatedAt` if it is then over.
   * Throws `SessionNotFound`, and `SessionStatusConflict` if the status cannot follow the current one, or is it.
   */
  @sessionRepositoryResilience.apply()
  updateStatus(scope: Sessions, id: SessionId, status: SessionStatus, options?: WriteOptions): Promise<SessionInfo> {
    return this.dbSource.updateStatus(scope, id, status, options);
  }
}
