import type { DomainName } from '@holdfast/domain-types';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { NotificationChannelRow } from './notification-channel-row.js';
import type { NotificationRuleRow } from './notification-rule-row.js';

/** The notification channels of a domain. */
export function channelDomainScope(domainName: DomainName): SearchScope<NotificationChannelRow> {
  return searchScope<NotificationChannelRow>({ name: 'domain', equals: { domainName } });
}

/** The notification rules of a domain. */
export function ruleDomainScope(domainName: DomainName): SearchScope<NotificationRuleRow> {
  return searchScope<NotificationRuleRow>({ name: 'domain', equals: { domainName } });
}
