export { SessionRepositories } from './repositories.js';
export { SessionRepository } from './session-repository.js';
export { SessionConditions } from './session-conditions.js';
export { SessionOrders } from './session-orders.js';
export { sessionFields } from './session-fields.js';
export { accessKeyScope, domainScope, projectScope, userScope } from './session-scopes.js';
export { SessionStatus, SESSION_STATUSES, LIVE_SESSION_STATUSES, ACTIVE_SESSION_STATUSES } from './session-status.js';
export { isLegalTransition, isTerminal, legalPredecessors } from './session-status.js';
export { SessionType } from './session-type.js';
export { SessionResult } from './session-result.js';
export { ClusterMode } from './cluster-mode.js';
export { SessionNotFound } from './session-not-found.js';
export { SessionAlreadyExists } from './session-already-exists.js';
export { SessionStatusConflict } from './session-status-conflict.js';
export { sessionName } from './session-name.js';

export type { StandardRepositoryArgs as RepositoryArgs } from '@holdfast/standard-repository';
export type { SessionInfo } from './session-info.js';
export type { SessionCreationSpec } from './session-creation-spec.js';
export type { SessionPast } from './session-past.js';
export type { SessionUpdate } from './session-update.js';

// For those who compose the parts themselves, or write conditions on rows.
export { SessionDbSource } from './session-db-source.js';
export { sessionRepositoryResilience, sessionDbSourceResilience } from './session-resilience.js';
export { SessionRow } from './session-row.js';
export { KernelRow } from './kernel-row.js';
export { kernelRowLevelSecurity, sessionRowLevelSecurity } from './session-row-level-security.js';
