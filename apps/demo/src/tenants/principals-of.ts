import { scalingGroupScopes } from '@holdfast/agent-repository';
import type { AccessKey } from '@holdfast/domain-types';
import { channelDomainScope, ruleDomainScope } from '@holdfast/notification-repository';
import { unscoped } from '@holdfast/querier';
import { domainScope, projectScope, userScope } from '@holdfast/session-repository';
import type { Principal } from './principal.js';
import type { DemoDomain, TenantDirectory } from './tenant-directory.js';

/** Everybody in the directories, by access key. */
export function principalsOf(directories: readonly TenantDirectory[]): ReadonlyMap<string, Principal> {
  const domains = directories.flatMap((directory) => directory.domains);
  const superadmin: Principal = {
    role: 'superadmin',
    name: 'superadmin',
    sessions: unscoped('the superadmin sees every tenant'),
    agents: unscoped('the superadmin sees every agent'),
    agentsToChange: unscoped('the superadmin changes every agent'),
    notifications: {
      channels: unscoped('the superadmin sees every channel'),
      rules: unscoped('the superadmin sees every rule'),
    },
    owners: domains.flatMap((domain) => domain.users),
  };
  return new Map<AccessKey, Principal>([
    ...directories.map((directory) => [directory.superadminKey, superadmin] as const),
    ...domains.flatMap(membersOf),
  ]);
}

function membersOf(domain: DemoDomain): readonly (readonly [AccessKey, Principal])[] {
  const agents = scalingGroupScopes(domain.scalingGroups);
  const admin: Principal = {
    role: 'domain-admin',
    name: domain.name,
    sessions: domainScope(domain.name),
    agents,
    agentsToChange: null,
    notifications: { channels: channelDomainScope(domain.name), rules: ruleDomainScope(domain.name) },
    owners: domain.users,
  };
  const projectAdmins = domain.projects.map((project): readonly [AccessKey, Principal] => [
    project.adminKey,
    {
      role: 'project-admin',
      name: `${domain.name}/${project.name}`,
      sessions: projectScope(project.id),
      agents,
      agentsToChange: null,
      notifications: null,
      owners: domain.users.filter((user) => user.project === project),
    },
  ]);
  const users = domain.users.map((user): readonly [AccessKey, Principal] => [
    user.accessKey,
    {
      role: 'user',
      name: `${domain.name}/${user.project.name}/${user.name}`,
      sessions: userScope(user.id),
      agents,
      agentsToChange: null,
      notifications: null,
      owners: [user],
    },
  ]);
  return [[domain.adminKey, admin], ...projectAdmins, ...users];
}
