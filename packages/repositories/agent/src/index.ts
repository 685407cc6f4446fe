export { AgentRepositories } from './repositories.js';
export { AgentRepository } from './agent-repository.js';
export { AgentLiveness } from './agent-liveness.js';
export { AgentConditions } from './agent-conditions.js';
export { AgentOrders } from './agent-orders.js';
export { agentFields } from './agent-fields.js';
export { scalingGroupScope, scalingGroupScopes } from './agent-scopes.js';
export { AgentStatus, AGENT_STATUSES, isLegalTransition, legalPredecessors } from './agent-status.js';
export { AgentNotFound } from './agent-not-found.js';
export { AgentAlreadyExists } from './agent-already-exists.js';
export { AgentStatusConflict } from './agent-status-conflict.js';
export { AgentCapacityExceeded } from './agent-capacity-exceeded.js';
export { AgentHasActiveKernels } from './agent-has-active-kernels.js';
export { agentConflictChecks } from './agent-conflict-checks.js';

export type { StandardRepositoryArgs as RepositoryArgs } from '@holdfast/standard-repository';
export type { AgentInfo } from './agent-info.js';
export type { AgentCreationSpec } from './agent-creation-spec.js';
export type { AgentPast } from './agent-past.js';
export type { AgentLivenessArgs } from './agent-liveness.js';
export type { AgentHeartbeat, AgentLife, AgentLives } from './agent-heartbeat.js';
export type { AgentUpdate } from './agent-update.js';
export type { AgentWithCapacity } from './agent-with-capacity.js';
export type { AgentConflictTables, AgentReferrers } from './agent-conflict-checks.js';

// For those who compose the parts themselves, or write conditions on rows.
export { AgentDbSource } from './agent-db-source.js';
export { AgentStatefulSource, type AgentStatefulSourceArgs } from './agent-stateful-source.js';
export { agentRepositoryResilience, agentDbSourceResilience, agentLivenessResilience } from './agent-resilience.js';
export { AgentRow } from './agent-row.js';
