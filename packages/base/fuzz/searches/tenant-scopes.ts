import { searchScope, type SearchScope } from '@holdfast/querier';
import type { OwnerRow, ThingRow } from './fuzzed-rows.js';
import { type Tenant, TENANTS } from './fuzzed-values.js';

/** Deeper than a condition may nest. */
const DEEPEST = 10;

export interface TenantScopes {
  readonly thing: SearchScope<ThingRow>;
  readonly owner: SearchScope<OwnerRow>;
}

function scopesOf(tenant: Tenant): TenantScopes {
  const equals = { tenant };
  let scopes: TenantScopes = {
    thing: searchScope<ThingRow>({ name: 'tenant', equals }),
    owner: searchScope<OwnerRow>({ name: 'tenant', equals }),
  };
  for (let i = 0; i < DEEPEST; i++) {
    const { thing, owner } = scopes;
    scopes = {
      thing: searchScope<ThingRow>({ name: 'tenant', equals, related: { owner, fans: owner } }),
      owner: searchScope<OwnerRow>({
        name: 'tenant',
        equals,
        related: { boss: owner, things: thing, favorites: thing },
      }),
    };
  }
  return scopes;
}

/** By tenant: its rows, and behind every relation its rows again. */
export const tenantScopes = Object.fromEntries(TENANTS.map((tenant) => [tenant, scopesOf(tenant)])) as Readonly<
  Record<Tenant, TenantScopes>
>;
