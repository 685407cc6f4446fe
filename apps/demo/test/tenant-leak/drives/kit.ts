import type { ConflictCheck } from '@holdfast/base';
import type { QueryOrder } from '@holdfast/querier';
import type { Tenant } from '../tenant.js';
import type { World } from '../world.js';
import type { Columns, Condition } from './columns.js';
import type { Relations } from './relation-drives.js';

/** What the standard operations of an entity are driven with. Each tenant has the rows 1 and 2, and 3, which is deleted. */
export interface Kit {
  /** Every kind of scope that shows the tenant's rows, and unions. */
  readonly scopes: (tenant: Tenant) => readonly unknown[];
  /** More of them, in which no rows can be created. */
  readonly conditionalScopes?: (tenant: Tenant) => readonly unknown[];
  /** Scopes that must be refused, and what for. */
  readonly refusedScopes?: (tenant: Tenant) => readonly (readonly [scope: unknown, refusedFor: string])[];
  readonly id: (tenant: Tenant, n: number) => unknown;
  /** What a new row is made of; `values` are added. */
  readonly creation: (tenant: Tenant, n: number, values?: object) => unknown;
  /** Values by which a new row would be the tenant's, each alone. */
  readonly belonging: (tenant: Tenant) => readonly object[];
  /** Values of which the tenant has a row already, and which only a tenant's own rows exclude. */
  readonly taken: (tenant: Tenant) => object;
  /** A change as the update operations take it. */
  readonly change: (values: object) => unknown;
  /** Something that may change. */
  readonly harmless: object;
  readonly columns: Columns;
  readonly relations?: Relations;
  /** Conditions on what belongs to the tenant. */
  readonly conditions: (tenant: Tenant) => readonly Condition[];
  /** A union with another scope, of which there are no rows, and what a row would be in that other one by. */
  readonly apart?: (tenant: Tenant) => readonly [scope: unknown, values: object];
  /** A scope of theirs and one of mine that hold the same values, of different columns. */
  readonly alike?: (mine: Tenant) => readonly [theirs: unknown, mine: unknown];
  /** Searches that would look where the scope does not say what may be seen, and what they must be refused for. */
  readonly refusedSearches?: (
    tenant: Tenant,
  ) => readonly (readonly [scope: unknown, search: object, refusedFor: string])[];
  /** Columns that say whose a row is, and their values of a tenant. */
  readonly parents?: (tenant: Tenant) => Readonly<Record<string, readonly unknown[]>>;
  /** Whether rows have a version, 1 at first. */
  readonly isVersioned?: boolean;
  /** Columns of unique indexes, besides the key, by which upserts find rows; absent where upserts take no rule. */
  readonly uniqueBy?: readonly (readonly string[])[];
  /** Checks that rows of a tenant alone are in conflict with. */
  readonly conflictChecks?: readonly ConflictCheck[];
  readonly orders: readonly (readonly QueryOrder<never>[])[];
}

/** All scopes of a kit that show a tenant's rows. */
export function everyScope(kit: Kit, tenant: Tenant): readonly unknown[] {
  return [...kit.scopes(tenant), ...(kit.conditionalScopes?.(tenant) ?? [])];
}

/** The ids of all rows, theirs first. */
export function everyId(kit: Kit, { theirs, mine }: Pick<World, 'mine' | 'theirs'>): readonly unknown[] {
  return [theirs, mine].flatMap((tenant) => [1, 2, 3].map((n) => kit.id(tenant, n)));
}

/** Changes of one's own row that would put it among theirs, or take from them what only each tenant has once. */
export function thefts(kit: Kit, theirs: Tenant): readonly unknown[] {
  return [...kit.belonging(theirs), kit.taken(theirs)].map((values) => kit.change(values));
}
