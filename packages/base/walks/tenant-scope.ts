import { searchScope, type SearchScope } from '@holdfast/querier';
import type { SampleRow } from './sample-row.js';

/** The samples of a tenant, with the parents that they have. */
export function tenantScope(tenant: string): SearchScope<SampleRow> {
  return searchScope<SampleRow>({ name: 'tenant', equals: { tenant }, related: { parent: 'owned' } });
}
