import { type UnitWrite, unitSpec } from '@holdfast/base';
import { usageSlices } from './calculator/usage-slices.js';
import { increments } from './increments.js';
import type { KernelSlice } from './kernel-slice.js';
import type { Observation, ObservationResult } from './observation.js';
import { observedUntil } from './observed-until.js';
import { pieces } from './pieces.js';
import { storeIncrements } from './store-increments.js';
import { storeSlices } from './store-slices.js';

/**
 * Records what of an observation is new, in one transaction: a slice is recorded once, whoever sees it and however often,
 * and only what was recorded here is added to the days. Slices come before days, and both in one order for all callers, so
 * that callers wait for each other and never in a circle.
 */
export function recordObservation({ observedAt, kernels }: Observation): UnitWrite<ObservationResult> {
  return unitSpec(
    'recordObservation',
    async (unit): Promise<ObservationResult> => {
      const until = await unit.execute(observedUntil(kernels.map(({ kernelId }) => kernelId)));
      const recorded: KernelSlice[] = [];
      const slices = function* (): Generator<KernelSlice> {
        for (const kernel of kernels) {
          for (const slice of usageSlices(kernel, observedAt, until.get(kernel.kernelId) ?? null)) {
            yield { kernel, slice };
          }
        }
      };
      for (const piece of pieces(slices())) {
        const stored = await unit.execute(storeSlices(piece));
        for (const index of stored) recorded.push(piece[index]!);
      }
      for (const piece of pieces(increments(recorded))) await unit.execute(storeIncrements(piece));
      return Object.freeze({ recorded: recorded.length });
    },
    { payload: () => JSON.stringify([observedAt, kernels]) },
  );
}
