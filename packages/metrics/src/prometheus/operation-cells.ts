import type { OperationLayer } from '@holdfast/operation';
import { LabelValues, OTHER } from './label-values.js';
import { OperationCell } from './operation-cell.js';
import { snakeCase } from './snake-case.js';

/** Finds the cell of an operation. Layers are one object for each policy, so that the usual way is two look-ups by identity. */
export class OperationCells implements Iterable<OperationCell> {
  readonly #domains: LabelValues;
  readonly #layers: LabelValues;
  readonly #operations: LabelValues;
  readonly #byLayer = new WeakMap<OperationLayer, Map<string, OperationCell>>();
  readonly #bySeries = new Map<string, OperationCell>();

  constructor(maxLabelValues: number) {
    this.#domains = new LabelValues(maxLabelValues);
    this.#layers = new LabelValues(maxLabelValues);
    this.#operations = new LabelValues(maxLabelValues);
  }

  of(at: OperationLayer, operation: string): OperationCell {
    return this.#byLayer.get(at)?.get(operation) ?? this.#find(at, operation);
  }

  [Symbol.iterator](): Iterator<OperationCell> {
    return this.#bySeries.values();
  }

  #find(at: OperationLayer, name: string): OperationCell {
    const domain = this.#domains.admit(at.domain);
    const layer = this.#layers.admit(at.layer);
    const operation = this.#operations.admit(snakeCase(name));
    const series = JSON.stringify([domain, layer, operation]);
    let cell = this.#bySeries.get(series);
    if (cell === undefined) {
      cell = new OperationCell({ domain, layer, operation });
      this.#bySeries.set(series, cell);
    }
    // Names past the bound are without number: remembering each of them would be the leak that the bound prevents.
    if (operation !== OTHER) this.#remember(at, name, cell);
    return cell;
  }

  #remember(at: OperationLayer, name: string, cell: OperationCell): void {
    const cells = this.#byLayer.get(at);
    if (cells === undefined) this.#byLayer.set(at, new Map([[name, cell]]));
    else cells.set(name, cell);
  }
}
