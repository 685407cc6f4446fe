import { type EventSource, observeOperations, type OperationEvent } from '@holdfast/operation';
import { CacheCounts } from './cache/cache-counts.js';
import { cacheMetrics } from './cache/cache-metrics.js';
import { DatabaseCounts } from './database/database-counts.js';
import { databaseMetrics } from './database/database-metrics.js';
import { executionMetrics } from './database/execution-metrics.js';
import { poolMetrics } from './database/pool-metrics.js';
import { recoveryMetrics } from './database/recovery-metrics.js';
import { Exemplars } from './exemplars.js';
import { ExposedMetric } from './exposed-metric.js';
import { LayerCounts } from './layer-counts.js';
import { layerMetrics } from './layer-metrics.js';
import type { MetricDefinition } from './metric-definition.js';
import { metricNamer } from './metric-namer.js';
import { breakerMetrics } from './policies/breaker-metrics.js';
import { budgetMetrics } from './policies/budget-metrics.js';
import { bulkheadMetrics } from './policies/bulkhead-metrics.js';
import { PolicyFigures } from './policies/policy-figures.js';
import { transitionMetrics } from './policies/transition-metrics.js';
import { observerSettings } from './observer-settings.js';
import type { PrometheusObserverArgs } from './prometheus-observer-args.js';
import type { PrometheusRegistry, RegisteredMetric } from './prometheus-registry.js';
import { snakeCase } from './snake-case.js';

type NamedMetric = RegisteredMetric & { readonly name: string };

/**
 * Counts the operations of all layers, Databases and cache sources from the moment it is made, and shows them on the pages
 * of prom-client registries, with the figures that policies and pools hold. It adds to plain numbers while operations run,
 * and builds the metrics when a registry is scraped.
 * Throws Misuse for arguments that make no sense, and the registry's error for names that it holds already.
 */
export class PrometheusObserver {
  readonly #source: EventSource;
  readonly #layers: LayerCounts;
  readonly #caches: CacheCounts;
  readonly #databases: DatabaseCounts;
  readonly #policies: PolicyFigures;
  readonly #stops: (() => void)[] = [];

  constructor(args: PrometheusObserverArgs) {
    const settings = observerSettings(args);
    const { source, databases, resiliences, naming, maxLabelValues, exemplars } = settings;
    const labelOf = naming === 'seeds' ? snakeCase : (operation: string) => operation;
    const policies = new PolicyFigures(resiliences, maxLabelValues);
    this.#source = source;
    this.#policies = policies;
    this.#caches = new CacheCounts(maxLabelValues, labelOf);
    this.#databases = new DatabaseCounts({ databases, maxLabelValues, labelOf });
    this.#layers = new LayerCounts({
      maxLabelValues,
      labelOf,
      rejecting: (at) => policies.rejecting(at),
      exemplars: exemplars === null ? null : new Exemplars(exemplars, settings.now),
    });
    const nameOf = metricNamer(args);
    try {
      for (const registry of [args.register].flat()) {
        for (const metric of this.#metrics(nameOf)) this.#register(registry, metric);
      }
    } catch (error) {
      this.stop();
      throw error;
    }
    this.#stops.push(observeOperations((event) => this.#count(event)));
  }

  /** Stops counting and takes the metrics off the registries' pages. Stopping again does nothing. */
  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #metrics(nameOf: (definition: MetricDefinition<never>) => string): readonly NamedMetric[] {
    const shown = <Cell>(definitions: readonly MetricDefinition<Cell>[], cells: Iterable<Cell>): NamedMetric[] =>
      definitions.map((definition) => new ExposedMetric(nameOf(definition), definition, cells));
    return [
      ...shown(layerMetrics, this.#layers.cells),
      ...shown(transitionMetrics, this.#policies.transitions),
      ...shown(breakerMetrics, this.#policies.breakers),
      ...shown(budgetMetrics, this.#policies.budgets),
      ...shown(bulkheadMetrics, this.#policies.bulkheads),
      ...shown(poolMetrics, this.#databases.pools),
      ...shown(executionMetrics, this.#databases.executions),
      ...shown(databaseMetrics, this.#databases.databases),
      ...shown(recoveryMetrics, this.#databases.recoveries),
      ...shown(cacheMetrics, this.#caches.cells),
    ];
  }

  #register(registry: PrometheusRegistry, metric: NamedMetric): void {
    registry.registerMetric(metric);
    this.#stops.push(() => {
      if (registry.getSingleMetric(metric.name) === metric) registry.removeSingleMetric(metric.name);
    });
  }

  #count(event: OperationEvent): void {
    const isOurs = this.#source === null || event.source === this.#source;
    switch (event.kind) {
      // First, because they come with every call.
      case 'started':
      case 'ended':
      case 'retried':
      case 'given-up':
      case 'timed-out':
      case 'rejected':
      case 'fell-back':
        // What happens outside of any layer has no series.
        if (isOurs && event.at !== null) this.#layers.count(event, event.at);
        return;
      case 'breaker-changed':
        if (isOurs || this.#policies.knows(event.breaker)) this.#policies.count(event);
        return;
      case 'executed':
      case 'slow':
      case 'replayed':
      case 'commit-resolved':
        if (isOurs || this.#databases.knows(event.source)) this.#databases.count(event);
        return;
      case 'cache-answered':
      case 'cache-failed':
      case 'cache-invalidated':
      case 'cache-invalidations-pending':
        if (isOurs) this.#caches.count(event);
    }
  }
}
