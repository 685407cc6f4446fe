import type { DomainName } from '@holdfast/domain-types';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { DomainRow } from './domain-row.js';

/** One domain: what a tenant sees of them. Administrators use `unscoped(reason)`. */
export function domainScope(name: DomainName): SearchScope<DomainRow> {
  return searchScope<DomainRow>({ name: 'domain', equals: { name } });
}
