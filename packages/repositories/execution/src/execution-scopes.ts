import type { DomainName, UserId } from '@holdfast/domain-types';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import type { ExecutionRow } from './execution-row.js';

/** The executions of a domain. */
export function domainScope(domainName: DomainName): SearchScope<ExecutionRow> {
  return searchScope<ExecutionRow>({ name: 'domain', equals: { domainName } });
}

/** The executions of a user of a domain. */
export function userScope(domainName: DomainName, userUuid: UserId): SearchScope<ExecutionRow> {
  return searchScope<ExecutionRow>({ name: 'user', equals: { domainName, userUuid } });
}

/** The metrics of a domain. */
export function metricDomainScope(domainName: DomainName): SearchScope<ExecutionMetricRow> {
  return searchScope<ExecutionMetricRow>({ name: 'domain', equals: { domainName } });
}

/** The metrics of a user of a domain. */
export function metricUserScope(domainName: DomainName, userUuid: UserId): SearchScope<ExecutionMetricRow> {
  return searchScope<ExecutionMetricRow>({ name: 'user', equals: { domainName, userUuid } });
}
