import type { ResourceSlot } from '@holdfast/domain-types';

/** What held a place in one quarter of an hour: from when it was scheduled until it was freed, or ended. */
export interface UsageBin {
  /** When it begins; it ends where the next one begins. */
  readonly start: Date;
  /** How many sessions had a kernel in it. */
  readonly sessions: number;
  /** How many kernels had a place in it, if only for a moment. */
  readonly kernels: number;
  /** What those kernels held in it, if only for a moment, in all, by slot name: cpu, mem, accelerators. */
  readonly allocated: ResourceSlot;
}

/** What users used in 30 days, in 2,880 bins of 15 minutes. Frozen all the way down. */
export interface MonthlyStatistics {
  readonly start: Date;
  readonly end: Date;
  /** From `start` on, without a gap. */
  readonly bins: readonly UsageBin[];
}
