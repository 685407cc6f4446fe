/** Stands for all values of a label that came after the first `maxLabelValues`. */
export const OTHER = '_other';

/** The values that one label has taken so far, bounded so that no caller can fill the memory with series. */
export class LabelValues {
  readonly #max: number;
  readonly #seen = new Set<string>();

  constructor(max: number) {
    this.#max = max;
  }

  /** The value itself while there is room for it, else `_other`. */
  admit(value: string): string {
    if (value === OTHER || this.#seen.has(value)) return value;
    if (this.#seen.size >= this.#max) return OTHER;
    this.#seen.add(value);
    return value;
  }
}
