import type { FairShareResult } from './calculator/fair-share-calculator.js';
import type { FairShareId } from './fair-share-id.js';
import type { FullFairShareKey } from './fair-share-key.js';
import type { FairShareLevel } from './fair-share-level.js';

/** What a calculation says of one domain, project or user. */
export interface CalculatedShare extends FullFairShareKey, FairShareResult {
  readonly id: FairShareId;
  readonly level: FairShareLevel;
  /** Null of domains and projects. */
  readonly schedulingRank: number | null;
}
