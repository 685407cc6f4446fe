import type { DomainName, UserId } from '@holdfast/domain-types';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { KeypairRow } from './keypair-row.js';

/** The key pairs of a domain's users. */
export function keypairDomainScope(domainName: DomainName): SearchScope<KeypairRow> {
  return searchScope<KeypairRow>({ name: 'domain', equals: { domainName } });
}

/** The key pairs of a user. */
export function keypairUserScope(userId: UserId): SearchScope<KeypairRow> {
  return searchScope<KeypairRow>({ name: 'user', equals: { userId } });
}
