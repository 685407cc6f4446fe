import type { EventSource } from '@holdfast/operation';
import type { DatabaseFigures } from './database/database-figures.js';
import type { MetricNaming } from './metric-naming.js';
import type { PolicyStack } from './policies/policy-stack.js';
import type { PrometheusRegistry } from './prometheus-registry.js';

export interface PrometheusObserverArgs {
  /** The prom-client registry, or registries, whose pages shall show the metrics. */
  readonly register: PrometheusRegistry | readonly PrometheusRegistry[];
  /**
   * Counts only what was published under this object, and what happened in one of `databases` or to a breaker of
   * `resiliences`. Default: all events of the process.
   */
  readonly source?: EventSource;
  /**
   * Databases by the name that they get as the label `database`: their pools are shown, and their events counted under it.
   * Events of other Databases are counted as `_other`. Default none.
   */
  readonly databases?: Readonly<Record<string, DatabaseFigures>>;
  /** Stacks whose breakers, bulkheads and retry budgets shall be shown. Default none. */
  readonly resiliences?: readonly PolicyStack[];
  /** What the metrics' names begin with. Default `backendai`. */
  readonly prefix?: string;
  /**
   * `seeds` has the original names, and operations in snake case. `conventional` names metrics as Prometheus recommends, and
   * has operations as they are written in the code. Default `seeds`.
   */
  readonly naming?: MetricNaming;
  /** How many values each label may take; all further ones are counted as `_other`. Default 1000. */
  readonly maxLabelValues?: number;
  /**
   * Labels of an exemplar for the operation that has just ended, e.g. of the active span, or null for none. OpenMetrics pages
   * show the last one of each bucket of durations. At most 128 characters in all. Default: no exemplars.
   */
  readonly exemplars?: () => Readonly<Record<string, string>> | null;
  /** Milliseconds since 1970: when an exemplar was seen. Default `Date.now`. */
  readonly now?: () => number;
}
