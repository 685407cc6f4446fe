import type { ResourceSlot } from '@holdfast/domain-types';

/** How much each slot counts for somebody, and for which slots nobody said so. */
export interface EffectiveResourceWeights {
  readonly resourceWeights: ResourceSlot;
  /** The slots whose weight is not the entity's own, by name. */
  readonly usesDefaultResources: readonly string[];
}

/**
 * Own weights before those of the resource group, over the slots that the group has, and those that either names. A slot
 * that nobody weighs, such as one of a new kind, counts 1.
 */
export function effectiveResourceWeights(
  own: ResourceSlot,
  ofGroup: ResourceSlot,
  capacity: ResourceSlot,
): EffectiveResourceWeights {
  const unweighed = Object.fromEntries(Object.keys(capacity).map((slot) => [slot, '1']));
  const resourceWeights = Object.freeze({ ...unweighed, ...ofGroup, ...own }) as unknown as ResourceSlot;
  const usesDefaultResources = Object.keys(resourceWeights).filter((slot) => !Object.hasOwn(own, slot));
  return Object.freeze({ resourceWeights, usesDefaultResources: Object.freeze(usesDefaultResources.sort()) });
}
