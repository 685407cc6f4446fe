import type { Exemplar } from './metric-value.js';
import { SingleWarning } from './single-warning.js';

type ExemplarLabels = Readonly<Record<string, string>>;

const mostCharacters = 128; // OpenMetrics sets the limit, for names and values together.

/** Makes exemplars of the labels that it asks for. What cannot be asked or printed is left out, and reported once. */
export class Exemplars {
  readonly #labels: () => ExemplarLabels | null;
  readonly #now: () => number;
  readonly #warning = new SingleWarning('HOLDFAST_EXEMPLARS_FAILED', 'Exemplars are left out');

  constructor(labels: () => ExemplarLabels | null, now: () => number) {
    this.#labels = labels;
    this.#now = now;
  }

  of(durationMs: number): Exemplar | null {
    try {
      const labels = this.#labels();
      const labelSet = labels === null ? null : checked(labels);
      return labelSet === null ? null : { labelSet, value: durationMs / 1000, timestamp: this.#now() / 1000 };
    } catch (error) {
      this.#warning.give(error);
      return null;
    }
  }
}

/** A copy, which nobody changes; null where it is empty. */
function checked(labels: ExemplarLabels): ExemplarLabels | null {
  let characters = 0;
  for (const name in labels) {
    const value: unknown = labels[name];
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) throw new TypeError(`'${name}' cannot be the name of a label`);
    if (typeof value !== 'string') throw new TypeError(`the label ${name} is not a text`);
    characters += name.length + value.length;
  }
  if (characters > mostCharacters) throw new RangeError(`they have more than ${mostCharacters} characters`);
  return characters === 0 ? null : { ...labels };
}
