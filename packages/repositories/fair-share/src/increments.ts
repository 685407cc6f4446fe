import type { Decimal } from 'decimal.js';
import { dayOf } from './calculator/calendar-day.js';
import { Exact } from './calculator/exact.js';
import { fairShareIdOf, type FullFairShareKey, levelOf } from './fair-share-key.js';
import type { KernelSlice } from './kernel-slice.js';
import type { ObservedKernel } from './observation.js';
import type { UsageBucketRow } from './usage-bucket-row.js';

type Bucket = Omit<UsageBucketRow, 'slotName' | 'resourceUsage'>;

/** What slices add to the days of a user, a project and a domain, slot by slot, in the order of the primary key. */
export function increments(slices: readonly KernelSlice[]): readonly UsageBucketRow[] {
  const sums = new Map<string, { readonly bucket: Bucket; readonly slotName: string; sum: Decimal }>();
  const bucketsOf = new Buckets();
  for (const { kernel, slice } of slices) {
    const periodStart = dayOf(slice.periodStart);
    for (const [slotName, amount] of Object.entries(slice.resourceUsage)) {
      for (const bucket of bucketsOf.kernel(kernel)) {
        const at = `${bucket.fairShareId} ${periodStart} ${slotName}`;
        const entry = sums.get(at);
        if (entry === undefined) sums.set(at, { bucket: { ...bucket, periodStart }, slotName, sum: new Exact(amount) });
        else entry.sum = entry.sum.plus(amount);
      }
    }
  }
  const keys = [...sums.keys()].sort();
  return keys.map((key) => {
    const { bucket, slotName, sum } = sums.get(key)!;
    return { ...bucket, slotName, resourceUsage: sum.toFixed() };
  });
}

/** Whose use a kernel's is, worked out once for each kernel. */
class Buckets {
  readonly #known = new Map<ObservedKernel, readonly Omit<Bucket, 'periodStart'>[]>();

  kernel(kernel: ObservedKernel): readonly Omit<Bucket, 'periodStart'>[] {
    const known = this.#known.get(kernel);
    if (known !== undefined) return known;
    const { resourceGroupName, domainName, projectId, userUuid } = kernel;
    const keys: readonly FullFairShareKey[] = [
      { resourceGroupName, domainName, projectId: null, userUuid: null },
      { resourceGroupName, domainName, projectId, userUuid: null },
      { resourceGroupName, domainName, projectId, userUuid },
    ];
    const made = keys.map((key) => ({ ...key, fairShareId: fairShareIdOf(key), level: levelOf(key) }));
    this.#known.set(kernel, made);
    return made;
  }
}
