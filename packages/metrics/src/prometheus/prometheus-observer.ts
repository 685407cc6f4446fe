import { errorCodeOf, Misuse } from '@holdfast/errors';
import { type EventSource, observeOperations, type OperationEvent } from '@holdfast/operation';
import { LabelValues } from './label-values.js';
import { LayerMetric } from './layer-metric.js';
import { layerMetrics } from './layer-metrics.js';
import { OperationCells } from './operation-cells.js';
import type { PrometheusRegistry } from './prometheus-registry.js';

export interface PrometheusObserverArgs {
  /** The prom-client registry, or registries, whose pages shall show the layer metrics. */
  readonly register: PrometheusRegistry | readonly PrometheusRegistry[];
  /** Counts only events that were published under this object. Default: all events of the process. */
  readonly source?: EventSource;
  /** What the metrics' names begin with. Default `backendai`. */
  readonly prefix?: string;
  /** How many values each label may take; all further ones are counted as `_other`. Default 1000. */
  readonly maxLabelValues?: number;
}

/**
 * Counts the operations of all layers from the moment it is made, and shows them on the pages of prom-client registries
 * under the names and labels of the layer metrics. It adds to plain numbers while operations run, and builds the
 * metrics when a registry is scraped.
 * Throws Misuse for a prefix that no metric's name may begin with, and the registry's error for names that it holds already.
 */
export class PrometheusObserver {
  readonly #cells: OperationCells;
  readonly #errorCodes: LabelValues;
  readonly #stops: (() => void)[] = [];

  constructor(args: PrometheusObserverArgs) {
    const { register, source = null, prefix = 'backendai', maxLabelValues = 1000 } = args;
    if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(prefix)) throw new Misuse(`A metric's name cannot begin with '${prefix}'.`);
    if (!Number.isInteger(maxLabelValues) || maxLabelValues < 1) {
      throw new Misuse(`maxLabelValues must be an integer from 1, not ${String(maxLabelValues)}.`);
    }
    this.#cells = new OperationCells(maxLabelValues);
    this.#errorCodes = new LabelValues(maxLabelValues);
    const metrics = layerMetrics(prefix).map((definition) => new LayerMetric(definition, this.#cells));
    try {
      for (const registry of [register].flat()) {
        for (const metric of metrics) this.#register(registry, metric);
      }
    } catch (error) {
      this.stop();
      throw error;
    }
    this.#stops.push(
      observeOperations((event) => {
        if (source === null || event.source === source) this.#count(event);
      }),
    );
  }

  /** Stops counting and takes the metrics off the registries' pages. Stopping again does nothing. */
  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #register(registry: PrometheusRegistry, metric: LayerMetric): void {
    const { name } = metric;
    registry.registerMetric(metric);
    this.#stops.push(() => {
      if (registry.getSingleMetric(name) === metric) registry.removeSingleMetric(name);
    });
  }

  #count(event: OperationEvent): void {
    if (event.at === null) return; // A retry outside of any layer.
    const cell = this.#cells.of(event.at, event.operation);
    switch (event.kind) {
      case 'started':
        cell.running += 1;
        return;
      case 'ended':
        cell.end(event.durationMs);
        if (event.error === null) cell.succeeded += 1;
        else cell.fail(this.#errorCodes.admit(errorCodeOf(event.error)));
        return;
      case 'retried':
        cell.retried += 1;
    }
  }
}
