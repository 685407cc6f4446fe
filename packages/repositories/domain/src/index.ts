export { DomainRepositories } from './repositories.js';
export { DomainRepository } from './domain-repository.js';
export { DomainConditions } from './domain-conditions.js';
export { DomainOrders } from './domain-orders.js';
export { domainFields } from './domain-fields.js';
export { domainScope } from './domain-scopes.js';
export { domainConflictChecks } from './domain-conflict-checks.js';
export { DomainNotFound } from './domain-not-found.js';
export { DomainAlreadyExists } from './domain-already-exists.js';
export { DomainIsDefault } from './domain-is-default.js';
export { DomainHasActiveKernels } from './domain-has-active-kernels.js';
export { DomainHasUsers } from './domain-has-users.js';
export { DomainHasGroups } from './domain-has-groups.js';
export { DomainHasSessions } from './domain-has-sessions.js';

export type { CachingRepositoryArgs as RepositoryArgs } from '@holdfast/standard-repository';
export type { DomainConflictTables, DomainReferrers } from './domain-conflict-checks.js';
export type { DomainInfo } from './domain-info.js';
export type { DomainCreationSpec } from './domain-creation-spec.js';
export type { DomainUpdate } from './domain-update.js';
export type { VfolderHosts } from './vfolder-hosts.js';

// For those who compose the parts themselves, or write conditions on rows.
export { DomainDbSource } from './domain-db-source.js';
export { domainRepositoryResilience, domainDbSourceResilience } from './domain-resilience.js';
export { DomainRow } from './domain-row.js';
