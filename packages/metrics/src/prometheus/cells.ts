import { LabelValues } from './label-values.js';

/** The label values that a cell stands for. */
export type Labels<Name extends string> = Readonly<Record<Name, string>>;

/** The cells of a group of metrics: one for each combination of label values, with the number of values bounded by label. */
export class Cells<Name extends string, Cell> implements Iterable<Cell> {
  readonly #labels: readonly (readonly [Name, LabelValues])[];
  readonly #make: (labels: Labels<Name>) => Cell;
  readonly #cells = new Map<string, Cell>();

  constructor(names: readonly Name[], maxLabelValues: number, make: (labels: Labels<Name>) => Cell) {
    this.#labels = names.map((name) => [name, new LabelValues(maxLabelValues)]);
    this.#make = make;
  }

  of(values: Labels<Name>): Cell {
    const labels = Object.fromEntries(this.#labels.map(([name, known]) => [name, known.admit(values[name])]));
    const series = JSON.stringify(labels);
    let cell = this.#cells.get(series);
    if (cell === undefined) {
      cell = this.#make(labels as Labels<Name>);
      this.#cells.set(series, cell);
    }
    return cell;
  }

  [Symbol.iterator](): Iterator<Cell> {
    return this.#cells.values();
  }
}
