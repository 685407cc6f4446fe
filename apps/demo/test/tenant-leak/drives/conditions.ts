import type { Kit } from './kit.js';
import { operatorDrives } from './operator-drives.js';
import { relationDrives } from './relation-drives.js';
import type { Condition } from './columns.js';
import type { Tenant } from '../tenant.js';

/** Conditions aimed at the rows of a tenant, by every operator and in groups. */
export function conditionsAt(kit: Kit, tenant: Tenant): readonly Condition[] {
  const plain = plainConditions(kit, tenant);
  return [
    ...plain,
    { or: plain.slice(0, 40) },
    { or: plain.slice(40) },
    { or: [] },
    { not: { or: [] } },
    { not: { and: plain.slice(-8) } },
    { and: [{ or: plain.slice(0, 2) }, { not: { or: [] } }] },
    {},
  ];
}

/** The same, each negated. */
export function negatedConditionsAt(kit: Kit, tenant: Tenant): readonly Condition[] {
  return plainConditions(kit, tenant).map((condition) => ({ not: condition }));
}

function plainConditions(kit: Kit, tenant: Tenant): readonly Condition[] {
  return [
    ...Object.values(operatorDrives).flatMap((drive) => drive(kit.columns, tenant.canary)),
    ...Object.values(relationDrives).flatMap((drive) => drive(kit.relations ?? { one: {}, many: {} }, tenant.canary)),
    ...kit.conditions(tenant),
  ];
}

/** Pairs each of the items with a scope, taking turns, so that all meet without every pair being tried. */
export function inTurns<Item, Made>(
  scopes: readonly unknown[],
  items: readonly Item[],
  make: (scope: unknown, item: Item) => Made,
): readonly Made[] {
  return items.map((item, index) => make(scopes[index % scopes.length], item));
}
