/** A metric as a registry holds it: asked for its values at each scrape. */
export interface RegisteredMetric {
  get(): Promise<unknown>;
  reset(): void;
}

/** What is needed of a prom-client `Registry`. */
export interface PrometheusRegistry {
  registerMetric(metric: RegisteredMetric): void;
  getSingleMetric(name: string): unknown;
  removeSingleMetric(name: string): void;
}
