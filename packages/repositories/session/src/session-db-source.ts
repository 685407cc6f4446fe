import { entityOperations, type ReadOptions, UniqueViolation, type WriteOptions } from '@holdfast/base';
import type { AccessKey, ScalingGroupName, SessionId } from '@holdfast/domain-types';
import { and, batchQuerier, type Scope } from '@holdfast/querier';
import { standardDbSource, transition } from '@holdfast/standard-repository';
import { SessionAlreadyExists } from './session-already-exists.js';
import { SessionConditions } from './session-conditions.js';
import { sessionCreator } from './session-creator.js';
import type { SessionInfo } from './session-info.js';
import { SessionNotFound } from './session-not-found.js';
import { SessionOrders } from './session-orders.js';
import { sessionDbSourceResilience } from './session-resilience.js';
import { sessionRowLevelSecurity } from './session-row-level-security.js';
import { SessionRow, toSessionInfo } from './session-row.js';
import type { SessionStatus } from './session-status.js';
import { sessionTransition } from './session-transition.js';
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

const standard = standardDbSource(sessionDbSourceResilience, {
  operations: sessions,
  creator: sessionCreator,
  updater: sessionUpdater,
});

type Sessions = Scope<SessionRow>;

/** All SQL on sessions. */
export class SessionDbSource extends standard {
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
  countActiveSessionsByScalingGroup(scope: Sessions, name: ScalingGroupName, options?: ReadOptions): Promise<number> {
    const condition = and(SessionConditions.scalingGroupEquals(name), SessionConditions.isActive());
    return this.executor.execute(sessions.count(scope, condition, options), options);
  }

  @sessionDbSourceResilience.apply()
  updateStatus(scope: Sessions, id: SessionId, to: SessionStatus, options?: WriteOptions): Promise<SessionInfo> {
    return transition(this.executor, sessions, scope, id, sessionTransition(to), options);
  }
}
