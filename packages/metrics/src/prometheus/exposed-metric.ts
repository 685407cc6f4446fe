import type { MetricDefinition } from './metric-definition.js';
import type { MetricValue } from './metric-value.js';
import type { RegisteredMetric } from './prometheus-registry.js';

export interface MetricJson {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values: readonly MetricValue[];
  readonly aggregator: 'sum';
}

/** A metric that a prom-client registry can hold, and that has nothing to do until a scrape asks for it. */
export class ExposedMetric<Cell> implements RegisteredMetric {
  readonly help: string;
  readonly type: MetricDefinition<Cell>['type'];
  readonly aggregator = 'sum';
  readonly #name: string;
  readonly #definition: MetricDefinition<Cell>;
  readonly #cells: Iterable<Cell>;
  #nameOnNextPage: string | null = null;

  constructor(name: string, definition: MetricDefinition<Cell>, cells: Iterable<Cell>) {
    this.help = definition.help;
    this.type = definition.type;
    this.#name = name;
    this.#definition = definition;
    this.#cells = cells;
  }

  get name(): string {
    return this.#name;
  }

  /** A registry of OpenMetrics takes `_total` off before it prints: that holds for its page alone. */
  set name(name: string) {
    this.#nameOnNextPage = name;
  }

  async get(): Promise<MetricJson> {
    const json = this.#json(this.#name);
    const values = json.values.map(({ labels, sharedLabels, ...value }) => ({
      ...value,
      labels: { ...labels, ...sharedLabels },
    }));
    return { ...json, values };
  }

  /** What registries ask for in place of `get` when they print a page. */
  async getForPromString(): Promise<MetricJson> {
    const name = this.#nameOnNextPage ?? this.#name;
    this.#nameOnNextPage = null;
    return this.#json(name);
  }

  reset(): void {
    const { reset } = this.#definition;
    if (reset !== undefined) for (const cell of this.#cells) reset(cell);
  }

  #json(name: string): MetricJson {
    const { help, type, aggregator } = this;
    const values = [...this.#cells].flatMap((cell) => this.#definition.values(cell, name));
    return { name, help, type, values, aggregator };
  }
}
