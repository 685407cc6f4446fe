import type { DomainName, ProjectId, UserId } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { type SearchScope, searchScope, where } from '@holdfast/querier';
import type { GroupRow } from './group-row.js';

// Whoever sees a group sees who is a member of it.
const related = { members: 'owned' } as const;

/** The groups of a domain. */
export function domainScope(domainName: DomainName): SearchScope<GroupRow> {
  return searchScope<GroupRow>({ name: 'domain', equals: { domainName }, related });
}

/** One group. */
export function projectScope(id: ProjectId): SearchScope<GroupRow> {
  return searchScope<GroupRow>({ name: 'project', equals: { id }, related });
}

/** The groups of which a user is a member. It creates none: nobody is a member of what is not there yet. */
export function userScope(userUuid: UserId): SearchScope<GroupRow> {
  if (typeof userUuid !== 'string' || userUuid === '') throw new Misuse('The scope user has no value for userUuid.');
  const isMember = where<GroupRow>({ members: { some: { userUuid: { eq: userUuid } } } });
  return searchScope<GroupRow>({ name: 'user', where: isMember, related });
}
