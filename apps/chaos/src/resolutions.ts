import { observeOperations } from '@holdfast/operation';

/** Counts the commits that were resolved from now on, and how long that took. */
export class Resolutions {
  readonly #durations: number[] = [];
  readonly stop: () => void;

  constructor() {
    this.stop = observeOperations((event) => {
      if (event.kind === 'commit-resolved' && event.verdict !== 'unknown') this.#durations.push(event.durationMs);
    });
  }

  get count(): number {
    return this.#durations.length;
  }

  /** The duration that this part of them did not exceed, from 0 to 1; null where there is none. */
  percentile(part: number): number | null {
    const sorted = this.#durations.toSorted((one, other) => one - other);
    const duration = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
    return duration === undefined ? null : Math.round(duration * 10) / 10;
  }
}
