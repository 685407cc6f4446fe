import type { CalendarDay } from './calculator/calendar-day.js';
import type { FairShareId } from './fair-share-id.js';
import type { FullFairShareKey } from './fair-share-key.js';
import type { FairShareLevel } from './fair-share-level.js';

/** What a domain, a project or a user used of one slot of a resource group on one day. */
export interface UsageBucketInfo extends FullFairShareKey {
  readonly fairShareId: FairShareId;
  /** The day, in UTC. */
  readonly periodStart: CalendarDay;
  readonly slotName: string;
  readonly level: FairShareLevel;
  /** Amount times seconds, exact decimal text. */
  readonly resourceUsage: string;
}
