import { metricNames, type MetricNamesArgs } from '@holdfast/metrics/prometheus';

/** What an expression may select: the lines of one metric, or what a recording rule makes. */
export interface Series {
  readonly kind: 'counter' | 'bucket' | 'gauge' | 'recorded';
  readonly labels: readonly string[];
}

/** What Prometheus adds to every line that it scrapes. */
const targetLabels = ['job', 'instance'];

/** Every name that a page of the text format has lines of, and Prometheus' own series of alerts. */
export function exposedSeries(args: MetricNamesArgs = {}): ReadonlyMap<string, Series> {
  const series = new Map<string, Series>();
  for (const { name, type, labels: own } of metricNames(args)) {
    const labels = [...own, ...targetLabels];
    if (type !== 'histogram') series.set(name, { kind: type, labels });
    else {
      series.set(`${name}_bucket`, { kind: 'bucket', labels: [...labels, 'le'] });
      series.set(`${name}_sum`, { kind: 'counter', labels });
      series.set(`${name}_count`, { kind: 'counter', labels });
    }
  }
  return series;
}
