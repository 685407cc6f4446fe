import type { MetricNamesArgs } from '../prometheus/metric-names.js';

/** How the pages look that Prometheus reads. */
export interface ObservabilityFilesArgs extends MetricNamesArgs {
  /** Whether the registry prints OpenMetrics, where the names of all counters end in `_total`. Default false. */
  readonly openMetrics?: boolean;
}
