import type { ResourceSlot } from '@holdfast/domain-types';
import type { CalendarDay } from './calculator/calendar-day.js';
import type { FairShareId } from './fair-share-id.js';
import type { FullFairShareKey } from './fair-share-key.js';
import type { FairShareLevel } from './fair-share-level.js';

/** A fair share as callers see it: plain data, frozen. */
export interface FairShareInfo extends FullFairShareKey {
  readonly id: FairShareId;
  readonly level: FairShareLevel;
  /** Exact decimal text; null: the default of the resource group. */
  readonly weight: string | null;
  /** Those of its own. */
  readonly resourceWeights: ResourceSlot;
  /** From 1, for who used nothing, down; decimal text. */
  readonly fairShareFactor: string;
  /** Which part of the resource group was used, decayed; decimal text. */
  readonly normalizedUsage: string;
  /** Amounts times seconds, decayed. */
  readonly totalDecayedUsage: ResourceSlot;
  /** Of a user: 1 is the next one of the resource group. Null before the first calculation, and of other levels. */
  readonly schedulingRank: number | null;
  /** The first day that counted. */
  readonly lookbackStart: CalendarDay | null;
  /** The last day that counted. */
  readonly lookbackEnd: CalendarDay | null;
  /** Null: never yet. */
  readonly lastCalculatedAt: Date | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Set while it is soft-deleted: its weights count no longer, its factor is calculated on. */
  readonly deletedAt: Date | null;
}
