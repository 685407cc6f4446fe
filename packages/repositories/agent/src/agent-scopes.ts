import type { ScalingGroupName } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { type SearchScope, searchScope } from '@holdfast/querier';
import type { AgentRow } from './agent-row.js';

/**
 * The agents of a scaling group. Agents belong to no tenant: what a tenant may see of them is given by the scaling
 * groups that it may use. Administrators use `unscoped(reason)`.
 */
export function scalingGroupScope(scalingGroupName: ScalingGroupName): SearchScope<AgentRow> {
  return searchScope<AgentRow>({ name: 'scaling-group', equals: { scalingGroupName } });
}

/** The agents of several scaling groups, as a union. Throws Misuse for an empty list: no group means no agents, not all. */
export function scalingGroupScopes(
  names: readonly ScalingGroupName[],
): readonly [SearchScope<AgentRow>, ...SearchScope<AgentRow>[]] {
  const [first, ...others] = names.map(scalingGroupScope);
  if (first === undefined) throw new Misuse('A scope of agents names at least one scaling group.');
  return Object.freeze([first, ...others] as const);
}
