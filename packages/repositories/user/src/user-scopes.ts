import type { DomainName, UserId } from '@holdfast/domain-types';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { UserRow } from './user-row.js';

/** The users of a domain. */
export function domainScope(domainName: DomainName): SearchScope<UserRow> {
  return searchScope<UserRow>({ name: 'domain', equals: { domainName } });
}

/** A user itself. */
export function userScope(id: UserId): SearchScope<UserRow> {
  return searchScope<UserRow>({ name: 'user', equals: { id } });
}
