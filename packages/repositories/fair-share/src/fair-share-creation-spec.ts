import type { ResourceSlot } from '@holdfast/domain-types';
import type { FairShareKey } from './fair-share-key.js';

/** What a fair share is created from: whose it is, and its weights. Its id is made of whose it is. */
export interface FairShareCreationSpec extends FairShareKey {
  /** See `fairShareWeight`. Default null: that of the resource group. */
  readonly weight?: string | number | null;
  /** Weights of slots that differ from those of the resource group. Default none. */
  readonly resourceWeights?: ResourceSlot;
}
