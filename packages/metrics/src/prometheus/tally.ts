import type { LabelValues } from './label-values.js';
import type { MetricValue } from './metric-value.js';

/** Counts by the values of one label. */
export class Tally {
  readonly #values: LabelValues;
  readonly #known = new Set<string>();
  readonly #counts = new Map<string, number>();

  constructor(values: LabelValues, known: Iterable<string> = []) {
    this.#values = values;
    for (const value of known) this.know(value);
  }

  count(value: string): void {
    const admitted = this.#values.admit(value);
    this.#counts.set(admitted, (this.#counts.get(admitted) ?? 0) + 1);
  }

  /** Shows a 0 for a value that may come, so that the first one is seen as an increase. */
  know(value: string): void {
    const admitted = this.#values.admit(value);
    this.#known.add(admitted);
    if (!this.#counts.has(admitted)) this.#counts.set(admitted, 0);
  }

  reset(): void {
    this.#counts.clear();
    for (const value of this.#known) this.#counts.set(value, 0);
  }

  lines(labels: Readonly<Record<string, string>>, name: string): readonly MetricValue[] {
    return Array.from(this.#counts, ([key, value]) => ({ value, labels: { ...labels, [name]: key } }));
  }
}
