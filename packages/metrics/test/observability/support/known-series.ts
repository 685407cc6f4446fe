import type { MetricNamesArgs } from '@holdfast/metrics/prometheus';
import { expressionShape } from './expression-shape.js';
import { exposedSeries, type Series } from './series.js';
import type { Rule } from './shipped-files.js';

/** What there is to ask Prometheus for: the lines of the pages, what the rules record, and the alerts that they raise. */
export function knownSeries(rules: readonly Rule[], args: MetricNamesArgs = {}): ReadonlyMap<string, Series> {
  const known = new Map(exposedSeries(args));
  for (const { record, expr } of rules) {
    if (record !== undefined) known.set(record, { kind: 'recorded', labels: [...expressionShape(expr, known).labels] });
  }
  const alerts = rules.filter(({ alert }) => alert !== undefined);
  const labels = alerts.flatMap(({ expr, labels: own }) => [
    ...expressionShape(expr, known).labels,
    ...Object.keys(own!),
  ]);
  return known.set('ALERTS', { kind: 'gauge', labels: ['alertname', 'alertstate', ...new Set(labels)] });
}
