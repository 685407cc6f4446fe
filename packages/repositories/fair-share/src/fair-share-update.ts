import type { OptionalState, TriState } from '@holdfast/base';
import type { ResourceSlot } from '@holdfast/domain-types';

/** What of a fair share is changed: what is absent is left, null sets the default. What was calculated, a calculation changes. */
export interface FairShareUpdate {
  readonly weight?: string | number | null | TriState<string | number>;
  readonly resourceWeights?: ResourceSlot | OptionalState<ResourceSlot>;
}
