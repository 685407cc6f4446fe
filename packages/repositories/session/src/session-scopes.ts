import type { AccessKey, DomainName, ProjectId, UserId } from '@holdfast/domain-types';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { SessionRow } from './session-row.js';

/** What belongs to a session belongs to its owner. */
const related = { kernels: 'owned', vfolderMounts: 'owned' } as const;

/** The sessions of a domain. */
export function domainScope(domainName: DomainName): SearchScope<SessionRow> {
  return searchScope<SessionRow>({ name: 'domain', equals: { domainName }, related });
}

/** The sessions of a project. */
export function projectScope(groupId: ProjectId): SearchScope<SessionRow> {
  return searchScope<SessionRow>({ name: 'project', equals: { groupId }, related });
}

/** The sessions of a user. */
export function userScope(userUuid: UserId): SearchScope<SessionRow> {
  return searchScope<SessionRow>({ name: 'user', equals: { userUuid }, related });
}

/** The sessions that were created with an access key. */
export function accessKeyScope(accessKey: AccessKey): SearchScope<SessionRow> {
  return searchScope<SessionRow>({ name: 'access-key', equals: { accessKey }, related });
}
