import type { DomainName, ProjectId, UserId } from '@holdfast/domain-types';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { UsageBucketRow } from './usage-bucket-row.js';

/** What a domain used, its projects and their users. */
export function domainUsageScope(domainName: DomainName): SearchScope<UsageBucketRow> {
  return searchScope<UsageBucketRow>({ name: 'domain', equals: { domainName } });
}

/** What a project used, and its users in it. */
export function projectUsageScope(domainName: DomainName, projectId: ProjectId): SearchScope<UsageBucketRow> {
  return searchScope<UsageBucketRow>({ name: 'project', equals: { domainName, projectId } });
}

/** What a user used in projects of a domain. */
export function userUsageScope(domainName: DomainName, userUuid: UserId): SearchScope<UsageBucketRow> {
  return searchScope<UsageBucketRow>({ name: 'user', equals: { domainName, userUuid } });
}
