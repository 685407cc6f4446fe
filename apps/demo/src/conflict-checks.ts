import { agentConflictChecks } from '@holdfast/agent-repository';
import { domainConflictChecks } from '@holdfast/domain-repository';
import { existingUsers, groupConflictChecks, noActiveSessions } from '@holdfast/group-repository';
import { domainChannelsCheck } from '@holdfast/notification-repository';
import { LIVE_SESSION_STATUSES } from '@holdfast/session-repository';
import { liveSessionsCheck, sessionsCheck } from '@holdfast/user-repository';

const whose = { column: 'status', in: LIVE_SESSION_STATUSES };

/**
 * What keeps agents, domains, groups and users from being purged, and members from being assigned or removed: rows of packages
 * that do not know each other. The foreign keys and triggers of `migrations/` see to it whoever is first; these say it in their words.
 */
export const conflictChecks = {
  ofAgents: agentConflictChecks({ activeKernels: { table: 'kernels', column: 'agent_id', whose } }),
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
    sessions: { table: 'sessions', column: 'group_id' },
  }),
  ofUsers: [liveSessionsCheck({ liveStatuses: LIVE_SESSION_STATUSES }), sessionsCheck()],
  assigningMembers: [
    existingUsers({ table: 'users', column: 'id', domainColumn: 'domain_name', unlessMarked: 'deleted_at' }),
  ],
  removingMembers: [noActiveSessions({ table: 'sessions', groupColumn: 'group_id', userColumn: 'user_uuid', whose })],
};
