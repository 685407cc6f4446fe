import { DURATION_BUCKETS } from './duration-buckets.js';
import type { Exemplar, MetricValue } from './metric-value.js';

/** Durations by bucket: one count for each, and a last one for those that were longer. */
export class DurationHistogram {
  readonly #counts = new Float64Array(DURATION_BUCKETS.length + 1);
  #exemplars: (Exemplar | undefined)[] | null = null;
  #seconds = 0;

  observe(ms: number, exemplar: Exemplar | null = null): void {
    const seconds = ms / 1000;
    let bucket = 0;
    while (bucket < DURATION_BUCKETS.length && seconds > DURATION_BUCKETS[bucket]!) bucket += 1;
    this.#counts[bucket]! += 1;
    this.#seconds += seconds;
    if (exemplar === null) return;
    this.#exemplars ??= [];
    this.#exemplars[bucket] = exemplar;
  }

  reset(): void {
    this.#counts.fill(0);
    this.#exemplars = null;
    this.#seconds = 0;
  }

  lines(sharedLabels: Readonly<Record<string, string>>, name: string): readonly MetricValue[] {
    let count = 0;
    const buckets = Array.from(this.#counts, (calls, index): MetricValue => {
      count += calls;
      const labels = { le: DURATION_BUCKETS[index] ?? '+Inf' };
      const exemplar = this.#exemplars?.[index];
      return { value: count, labels, sharedLabels, metricName: `${name}_bucket`, ...(exemplar && { exemplar }) };
    });
    return [
      ...buckets,
      { value: this.#seconds, labels: {}, sharedLabels, metricName: `${name}_sum` },
      { value: count, labels: {}, sharedLabels, metricName: `${name}_count` },
    ];
  }
}
