import { domainConflictChecks } from '@holdfast/domain-repository';
import { existingUsers, groupConflictChecks, noActiveSessions } from '@holdfast/group-repository';
import { domainChannelsCheck } from '@holdfast/notification-repository';
import { LIVE_SESSION_STATUSES } from '@holdfast/session-repository';
import { liveSessionsCheck } from '@holdfast/user-repository';

const whose = { column: 'status', in: LIVE_SESSION_STATUSES };

/**
 * What keeps domains, groups and users from being purged, and members from being assigned or removed: rows of packages
 * that do not know each other.
 */
export const conflictChecks = {
  ofDomains: [
    ...domainConflictChecks({
      activeKernels: { table: 'kernels', column: 'domain_name', whose },
      users: { table: 'users', column: 'domain_name' },
      groups: { table: 'groups', column: 'domain_name' },
      // Those that are over, too: the name that they bear is free then.
      sessions: { table: 'sessions', column: 'domain_name' },
    }),
    domainChannelsCheck,
  ],
  ofGroups: groupConflictChecks({
    activeKernels: { table: 'kernels', column: 'group_id', whose },
    activeSessions: { table: 'sessions', column: 'group_id', whose },
  }),
  ofUsers: [liveSessionsCheck({ liveStatuses: LIVE_SESSION_STATUSES })],
  assigningMembers: [
    existingUsers({ table: 'users', column: 'id', domainColumn: 'domain_name', unlessMarked: 'deleted_at' }),
  ],
  removingMembers: [noActiveSessions({ table: 'sessions', groupColumn: 'group_id', userColumn: 'user_uuid', whose })],
};
