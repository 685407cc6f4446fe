import { describe, it } from '@jest/globals';
import { domainName, type KernelId, resourceSlot } from '@holdfast/domain-types';
import fc from 'fast-check';
import { calculatedShares } from '../../src/calculated-shares.js';
import { dayOf } from '../../src/calculator/calendar-day.js';
import { increments } from '../../src/increments.js';
import type { KernelSlice } from '../../src/kernel-slice.js';
import { fairShareSpec, type ObservedKernel, usageSlices } from '../../src/index.js';
import { expectNaive } from '../fixture/expect-naive.js';
import { group, project, user, uuid } from '../fixture/fair-shares.js';
import { naiveFairShares } from '../fixture/naive-fair-shares.js';

const epoch = Date.parse('2026-01-10T00:00:00Z');
const amount = fc.integer({ min: 1, max: 64_000 }).map((milli) => String(milli / 1_000));
const slots = fc.dictionary(fc.constantFrom('cpu', 'mem', 'cuda.shares'), amount, { minKeys: 1 });

const kernels = fc.array(
  fc.record({
    domain: fc.constantFrom('a', 'b'),
    project: fc.integer({ min: 1, max: 2 }),
    user: fc.integer({ min: 1, max: 2 }),
    slots,
    start: fc.integer({ min: 0, max: 4 * 86_400 }),
    seconds: fc.integer({ min: 1, max: 9_000 }),
    runs: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);
const spec = fc.record({
  halfLifeDays: fc.constantFrom(0.5, 1, 3, 7),
  lookbackDays: fc.integer({ min: 1, max: 9 }),
  defaultWeight: fc.integer({ min: 1, max: 20_000 }).map((n) => String(n / 1_000)),
  resourceWeights: fc.dictionary(fc.constantFrom('cpu', 'mem', 'tpu'), amount).map((weights) => resourceSlot(weights)),
});

describe('fair shares', () => {
  it('are those of a naive loop over when kernels ran', () => {
    fc.assert(
      fc.property(kernels, spec, slots, fc.integer({ min: 0, max: 2 * 86_400 }), (runs, values, capacity, later) => {
        const observedAt = new Date(epoch + (4 * 86_400 + later) * 1_000);
        const observed = runs.map((run, n): ObservedKernel => {
          const startedAt = new Date(epoch + run.start * 1_000);
          return {
            kernelId: uuid(n) as KernelId,
            resourceGroupName: group,
            domainName: domainName(run.domain),
            projectId: project(run.project),
            userUuid: user(run.user),
            occupiedSlots: resourceSlot(run.slots),
            // Of one that runs on there is as much as of one that ends.
            startedAt: run.runs ? new Date(observedAt.getTime() - run.seconds * 1_000) : startedAt,
            terminatedAt: run.runs ? null : new Date(startedAt.getTime() + run.seconds * 1_000),
          };
        });
        const checked = fairShareSpec(values);
        const cut = observed.flatMap((kernel) =>
          [...usageSlices(kernel, observedAt)].map((slice): KernelSlice => ({ kernel, slice })),
        );
        const today = dayOf(observedAt);
        const available = resourceSlot(capacity);
        const used = increments(cut);
        const first = Date.parse(`${today}T00:00:00Z`) - (checked.lookbackDays - 1) * 86_400_000;
        const counted = used.filter(({ periodStart }) => Date.parse(`${periodStart}T00:00:00Z`) >= first);
        const shares = calculatedShares({ spec: checked, capacity: available, today }, counted, []);
        expectNaive(shares, naiveFairShares(observed, observedAt, checked, available));
      }),
      { numRuns: 1_000 },
    );
  });
});
