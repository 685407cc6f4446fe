import type { ResourceSlot } from '@holdfast/domain-types';
import { Exact } from './exact.js';

/** How long a slice is, in seconds. Slices begin on the clock, so that none of them crosses midnight in UTC. */
export const SLICE_DURATION_SECONDS = 300;

const SLICE_MS = SLICE_DURATION_SECONDS * 1_000;

/** When a kernel ran, and what it held. */
export interface KernelRun {
  readonly occupiedSlots: ResourceSlot;
  readonly startedAt: Date;
  /** Null while it runs. */
  readonly terminatedAt: Date | null;
}

/** What a kernel used within one slice. */
export interface UsageSlice {
  readonly periodStart: Date;
  readonly periodEnd: Date;
  /** Amounts times seconds, exact. */
  readonly resourceUsage: ResourceSlot;
}

/**
 * What a kernel used up to `observedAt` and after `observedUntil`, cut into slices. The first slice begins with the kernel
 * and the last one of a kernel that has ended ends with it; of a kernel that runs there are whole slices only, so that
 * whoever looks again sees the same ones. One that ends after `observedAt` still runs then.
 */
export function* usageSlices(
  { occupiedSlots, startedAt, terminatedAt }: KernelRun,
  observedAt: Date,
  observedUntil: Date | null = null,
): Generator<UsageSlice> {
  const hasEnded = terminatedAt !== null && terminatedAt <= observedAt;
  const end = hasEnded ? terminatedAt.getTime() : sliceOf(observedAt.getTime());
  let start = Math.max(startedAt.getTime(), observedUntil?.getTime() ?? -Infinity);
  while (start < end) {
    const next = Math.min(sliceOf(start) + SLICE_MS, end);
    yield Object.freeze({
      periodStart: new Date(start),
      periodEnd: new Date(next),
      resourceUsage: usageOf(occupiedSlots, next - start),
    });
    start = next;
  }
}

function sliceOf(moment: number): number {
  return Math.floor(moment / SLICE_MS) * SLICE_MS;
}

function usageOf(slots: ResourceSlot, milliseconds: number): ResourceSlot {
  const used = Object.entries(slots).map(([name, amount]): readonly [string, string] => [
    name,
    new Exact(amount).times(milliseconds).div(1_000).toFixed(),
  ]);
  return Object.freeze(Object.fromEntries(used)) as ResourceSlot;
}
