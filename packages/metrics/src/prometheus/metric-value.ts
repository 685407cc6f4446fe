/** What points from a bucket to one call that fell into it. */
export interface Exemplar {
  readonly labelSet: Readonly<Record<string, string>>;
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** One line of the page. `metricName` is given where it differs from the metric's own. */
export interface MetricValue {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  /** Labels that several lines have in common; a registry prints them last. */
  readonly sharedLabels?: Readonly<Record<string, string>>;
  readonly metricName?: string;
  readonly exemplar?: Exemplar;
}
