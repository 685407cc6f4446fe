import type { ResourceSlot } from '@holdfast/domain-types';
import type { EffectiveResourceWeights } from './calculator/effective-resource-weights.js';
import { effectiveResourceWeights } from './calculator/effective-resource-weights.js';
import type { FairShareSpec } from './calculator/fair-share-spec.js';
import type { FairShareInfo } from './fair-share-info.js';
import { fairShareIdOf, type FullFairShareKey, levelOf } from './fair-share-key.js';

/** What holds of a domain, a project or a user, whether there is a record of it or not. */
export interface EffectiveFairShare
  extends
    FullFairShareKey,
    EffectiveResourceWeights,
    Pick<
      FairShareInfo,
      'id' | 'level' | 'fairShareFactor' | 'normalizedUsage' | 'totalDecayedUsage' | 'schedulingRank'
    > {
  /** Its own, or the default of the resource group. */
  readonly weight: string;
  /** There is no record, or a deleted one. */
  readonly useDefault: boolean;
}

/** What holds where a record says nothing. */
export interface FairShareDefaults {
  readonly spec: FairShareSpec;
  /** What the resource group has. */
  readonly capacity: ResourceSlot;
}

const NONE = Object.freeze({}) as ResourceSlot;

/** A record, or that there is none, with the defaults. */
export function effectiveFairShare(
  key: FullFairShareKey,
  record: FairShareInfo | null,
  { spec, capacity }: FairShareDefaults,
): EffectiveFairShare {
  const own = record !== null && record.deletedAt === null ? record : null;
  return Object.freeze({
    ...key,
    id: fairShareIdOf(key),
    level: levelOf(key),
    weight: own?.weight ?? spec.defaultWeight,
    ...effectiveResourceWeights(own?.resourceWeights ?? NONE, spec.resourceWeights, capacity),
    fairShareFactor: record?.fairShareFactor ?? '1',
    normalizedUsage: record?.normalizedUsage ?? '0',
    totalDecayedUsage: record?.totalDecayedUsage ?? NONE,
    schedulingRank: record?.schedulingRank ?? null,
    useDefault: own === null,
  });
}
