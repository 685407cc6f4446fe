import type { ConflictCheck } from '@holdfast/base';
import { conflictChecksOf } from '@holdfast/standard-repository';
import { DomainHasActiveKernels } from './domain-has-active-kernels.js';
import { DomainHasGroups } from './domain-has-groups.js';
import { DomainHasSessions } from './domain-has-sessions.js';
import { DomainHasUsers } from './domain-has-users.js';

/** Where rows lie that refer to a domain, and which of them count: by its name, unless it says what it `references`. */
export type DomainReferrers = Omit<ConflictCheck, 'error'>;

/** What usually keeps a domain from being purged; what is left out does not. */
export interface DomainConflictTables {
  /** `DomainHasActiveKernels`. Kernels that are over need not count: `whose: { column: 'status', in: […] }`. */
  readonly activeKernels?: DomainReferrers;
  /** `DomainHasUsers`. */
  readonly users?: DomainReferrers;
  /** `DomainHasGroups`. */
  readonly groups?: DomainReferrers;
  /** `DomainHasSessions`. Those that are over count, too: a new domain of this name would see them. */
  readonly sessions?: DomainReferrers;
}

/**
 * The checks for `DomainRepositories.create`, asked in this order: active kernels, users, groups, sessions. E.g.
 * `domainConflictChecks({ users: { table: 'users', column: 'domain_name' } })`.
 */
export function domainConflictChecks({
  activeKernels,
  users,
  groups,
  sessions,
}: DomainConflictTables): readonly ConflictCheck[] {
  return conflictChecksOf([
    [activeKernels, () => new DomainHasActiveKernels()],
    [users, () => new DomainHasUsers()],
    [groups, () => new DomainHasGroups()],
    [sessions, () => new DomainHasSessions()],
  ]);
}
