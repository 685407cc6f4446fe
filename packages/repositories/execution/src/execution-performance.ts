import { performance } from 'node:perf_hooks';
import type { RecordedMetric } from './metric-points.js';
import type { MetricOwner } from './process-metrics.js';

/** Upper bounds in seconds. */
const DURATION_BOUNDS: readonly number[] = Object.freeze([
  0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800, 3_600,
]);

/**
 * How long pieces of work take, and how many fail, since they were last collected: `execution_duration_seconds`
 * (histogram) and `execution_failures_total` (counter, of this object's life).
 */
export class ExecutionPerformance {
  readonly #owner: MetricOwner;
  #counts: number[] = DURATION_BOUNDS.concat(0).fill(0);
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;
  #failures = 0;

  constructor(owner: MetricOwner = {}) {
    this.#owner = owner;
  }

  /** Runs a piece of work and takes its time. Rethrows. */
  async measure<Result>(work: () => Promise<Result>): Promise<Result> {
    const begun = performance.now();
    try {
      return await work();
    } catch (error) {
      this.#failures++;
      throw error;
    } finally {
      this.observe((performance.now() - begun) / 1_000);
    }
  }

  /** Adds a duration in seconds that was measured elsewhere. */
  observe(seconds: number): void {
    const place = DURATION_BOUNDS.findIndex((bound) => seconds <= bound);
    this.#counts[place === -1 ? DURATION_BOUNDS.length : place]!++;
    this.#sum += seconds;
    this.#min = Math.min(this.#min, seconds);
    this.#max = Math.max(this.#max, seconds);
  }

  /** The metrics as they are now, with a point of `at` each; the histogram has none where nothing was measured. */
  collect(at: Date): readonly RecordedMetric[] {
    const point = { at, counts: this.#counts, sum: this.#sum, min: this.#min, max: this.#max };
    const points = this.#min === Infinity ? [] : [point];
    this.#counts = DURATION_BOUNDS.concat(0).fill(0);
    [this.#sum, this.#min, this.#max] = [0, Infinity, -Infinity];
    const histogram = { type: 'histogram', name: 'execution_duration_seconds', bounds: DURATION_BOUNDS } as const;
    return [
      { ...this.#owner, ...histogram, unit: 's', points },
      { ...this.#owner, type: 'counter', name: 'execution_failures_total', points: [{ at, value: this.#failures }] },
    ];
  }
}
