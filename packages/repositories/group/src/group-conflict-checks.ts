import type { ConflictCheck } from '@holdfast/base';
import { conflictChecksOf } from '@holdfast/standard-repository';
import { GroupHasActiveKernels } from './group-has-active-kernels.js';
import { GroupHasActiveSessions } from './group-has-active-sessions.js';
import { GroupHasSessions } from './group-has-sessions.js';

/** Where rows lie that refer to a group by its id, and which of them count. */
export type GroupReferrers = Omit<ConflictCheck, 'error' | 'references'>;

/** What usually keeps a group from being purged; what is left out does not. */
export interface GroupConflictTables {
  /** `GroupHasActiveKernels`. Kernels that are over need not count: `whose: { column: 'status', in: […] }`. */
  readonly activeKernels?: GroupReferrers;
  /** `GroupHasActiveSessions`. */
  readonly activeSessions?: GroupReferrers;
  /** `GroupHasSessions`. Those that are over count, too: where their foreign key keeps them in their group. */
  readonly sessions?: GroupReferrers;
}

/**
 * The `conflictChecks` for `GroupRepositories.create`, asked in this order: active kernels, active sessions, sessions. E.g.
 * `groupConflictChecks({ activeKernels: { table: 'kernels', column: 'group_id', whose: { column: 'status', in: […] } } })`.
 */
export function groupConflictChecks({
  activeKernels,
  activeSessions,
  sessions,
}: GroupConflictTables): readonly ConflictCheck[] {
  return conflictChecksOf([
    [activeKernels, () => new GroupHasActiveKernels()],
    [activeSessions, () => new GroupHasActiveSessions()],
    [sessions, () => new GroupHasSessions()],
  ]);
}
