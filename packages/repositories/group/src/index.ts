export { GroupRepositories } from './repositories.js';
export { GroupRepository } from './group-repository.js';
export { GroupConditions } from './group-conditions.js';
export { GroupOrders } from './group-orders.js';
export { groupFields } from './group-fields.js';
export { GroupMemberOrders } from './group-member-orders.js';
export { groupMemberFields } from './group-member-fields.js';
export { domainScope, projectScope, userScope } from './group-scopes.js';
export { GroupType, GROUP_TYPES } from './group-type.js';
export { groupName } from './group-name.js';
export { groupConflictChecks } from './group-conflict-checks.js';
export { existingUsers } from './member-check.js';
export { noActiveSessions } from './member-conflict-check.js';
export { GroupNotFound } from './group-not-found.js';
export { GroupAlreadyExists } from './group-already-exists.js';
export { GroupHasActiveKernels } from './group-has-active-kernels.js';
export { GroupHasActiveSessions } from './group-has-active-sessions.js';
export { GroupHasSessions } from './group-has-sessions.js';
export { GroupMemberNotFound } from './group-member-not-found.js';
export { GroupMemberHasActiveSessions } from './group-member-has-active-sessions.js';
export { AssignedUserNotFound } from './assigned-user-not-found.js';

export type { GroupRepositoryArgs } from './repositories.js';
export type { GroupConflictTables, GroupReferrers } from './group-conflict-checks.js';
export type { MemberCheck } from './member-check.js';
export type { MemberConflictCheck } from './member-conflict-check.js';
export type { GroupInfo } from './group-info.js';
export type { GroupMemberInfo } from './group-member-info.js';
export type { GroupCreationSpec } from './group-creation-spec.js';
export type { GroupUpdate } from './group-update.js';
export type { ContainerRegistry } from './container-registry.js';
export type { AssignmentResult, UnassignmentResult } from './member-results.js';

// For those who compose the parts themselves, or write conditions on rows.
export { GroupDbSource, type GroupDbSourceOptions } from './group-db-source.js';
export { groupRepositoryResilience, groupDbSourceResilience } from './group-resilience.js';
export { GroupRow } from './group-row.js';
export { GroupMemberRow } from './group-member-row.js';
