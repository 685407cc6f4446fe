import type { OperationCell } from './operation-cell.js';
import type { RegisteredMetric } from './prometheus-registry.js';

/** One line of the page. `metricName` is given where it differs from the metric's own. */
export interface MetricValue {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  /** Labels that several lines have in common; a registry prints them last. */
  readonly sharedLabels?: Readonly<Record<string, string>>;
  readonly metricName?: string;
}

/** How one metric is read from the numbers of an operation, and how those numbers are set back. */
export interface MetricDefinition {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly values: (cell: OperationCell, name: string) => readonly MetricValue[];
  readonly reset: (cell: OperationCell) => void;
}

export interface MetricJson {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values: readonly MetricValue[];
  readonly aggregator: 'sum';
}

/** A metric that a prom-client registry can hold, and that has nothing to do until a scrape asks for it. */
export class LayerMetric implements RegisteredMetric {
  /** Not readonly: a registry of OpenMetrics takes `_total` off the names of its counters. */
  name: string;
  readonly help: string;
  readonly type: MetricDefinition['type'];
  readonly aggregator = 'sum';
  readonly #definition: MetricDefinition;
  readonly #cells: Iterable<OperationCell>;

  constructor(definition: MetricDefinition, cells: Iterable<OperationCell>) {
    this.name = definition.name;
    this.help = definition.help;
    this.type = definition.type;
    this.#definition = definition;
    this.#cells = cells;
  }

  async get(): Promise<MetricJson> {
    const json = this.#json();
    const values = json.values.map(({ labels, sharedLabels, ...value }) => ({
      ...value,
      labels: { ...labels, ...sharedLabels },
    }));
    return { ...json, values };
  }

  /** What registries ask for in place of `get` when they print a page. */
  async getForPromString(): Promise<MetricJson> {
    return this.#json();
  }

  reset(): void {
    for (const cell of this.#cells) this.#definition.reset(cell);
  }

  #json(): MetricJson {
    const { name, help, type, aggregator } = this;
    const values = [...this.#cells].flatMap((cell) => this.#definition.values(cell, name));
    return { name, help, type, values, aggregator };
  }
}
