import type { DomainName, ProjectId, ScalingGroupName, UserId } from '@holdfast/domain-types';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { FairShareRow } from './fair-share-row.js';

/** All shares of a domain, or those of it in one resource group. */
export type DomainFairShareSearchScope = SearchScope<FairShareRow>;
/** The shares of a project and of its users. */
export type ProjectFairShareSearchScope = SearchScope<FairShareRow>;
/** The shares of a user. */
export type UserFairShareSearchScope = SearchScope<FairShareRow>;

/** Which resource group, where it is not all. */
export interface ResourceGroupOption {
  readonly resourceGroupName?: ScalingGroupName;
}

/** The shares of a domain, of its projects and of its users. */
export function domainFairShareSearchScope(
  domainName: DomainName,
  resourceGroup: ResourceGroupOption = {},
): DomainFairShareSearchScope {
  return searchScope<FairShareRow>({ name: 'domain', equals: { domainName, ...ofGroup(resourceGroup) } });
}

/** The shares of a project and of its users in it. */
export function projectFairShareSearchScope(
  domainName: DomainName,
  projectId: ProjectId,
  resourceGroup: ResourceGroupOption = {},
): ProjectFairShareSearchScope {
  return searchScope<FairShareRow>({ name: 'project', equals: { domainName, projectId, ...ofGroup(resourceGroup) } });
}

/** The shares of a user in projects of a domain. */
export function userFairShareSearchScope(
  domainName: DomainName,
  userUuid: UserId,
  resourceGroup: ResourceGroupOption = {},
): UserFairShareSearchScope {
  return searchScope<FairShareRow>({ name: 'user', equals: { domainName, userUuid, ...ofGroup(resourceGroup) } });
}

// Given and undefined is refused by `searchScope`: it would be a wider scope than its caller meant.
function ofGroup(option: ResourceGroupOption): ResourceGroupOption {
  return 'resourceGroupName' in option ? { resourceGroupName: option.resourceGroupName! } : {};
}
