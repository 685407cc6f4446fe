import { describe, expect, it } from '@jest/globals';
import { metricNames } from '@holdfast/metrics/prometheus';
import { dashboardExpressions } from './support/dashboard-expressions.js';
import { expressionShape } from './support/expression-shape.js';
import { knownSeries } from './support/known-series.js';
import { shippedFiles } from './support/shipped-files.js';

const rules = shippedFiles.rules();
const alerts = rules.filter(({ alert }) => alert !== undefined);
const known = knownSeries(rules);
const namesIn = (template: string, name: RegExp): string[] =>
  Array.from(template.matchAll(name), ([, found]) => found!);

describe('what the rules ask for', () => {
  it.each(rules.map(({ alert, record, expr }) => [alert ?? record!, expr]))(
    '%s is there and makes sense',
    (_, expr) => {
      expect(expressionShape(expr, known).labels).toBeInstanceOf(Set);
    },
  );

  it.each(alerts.map(({ alert, ...rule }) => [alert!, rule] as const))(
    '%s names only labels that it has',
    (_, rule) => {
      const { labels } = expressionShape(rule.expr, known);

      const named = namesIn(Object.values(rule.annotations!).join('\n'), /\$labels\.(\w+)/g);

      expect(named.filter((label) => !labels.has(label))).toEqual([]);
      expect(named.some((label) => label === 'job' || label === 'instance')).toBe(true);
    },
  );

  it('says everywhere in the same way which errors are the callers own', () => {
    const inRules = rules.flatMap(({ expr }) => namesIn(expr, /error_code!~"([^"]*)"/g));
    const inDashboards = shippedFiles
      .dashboards()
      .flatMap(([, { templating }]) => templating.list.filter(({ name }) => name === 'callers'))
      .map(({ query }) => query);

    expect(inRules).toHaveLength(5);
    expect(inDashboards).toHaveLength(2);
    expect(new Set([...inRules, ...inDashboards]).size).toBe(1);
  });
});

describe('what the dashboards ask for', () => {
  it.each(shippedFiles.dashboards())('%s: is there and makes sense, and legends name its labels', (_, dashboard) => {
    const expressions = dashboardExpressions(dashboard);

    const unknown = expressions.flatMap(({ at, expr, legend }) => {
      const { labels } = expressionShape(expr, known);
      return namesIn(legend, /\{\{(\w+)\}\}/g).flatMap((label) => (labels.has(label) ? [] : [`${at}: ${label}`]));
    });

    expect(unknown).toEqual([]);
    expect(expressions.length).toBeGreaterThan(15);
  });

  it('leaves out no metric', () => {
    const asked = shippedFiles.dashboards().flatMap(([, dashboard]) => dashboardExpressions(dashboard));
    const text = asked.map(({ expr }) => expr).join('\n');

    const leftOut = metricNames().filter(({ name }) => !new RegExp(`\\b${name}(_bucket)?\\b`).test(text));

    expect(leftOut.map(({ name }) => name)).toEqual([]);
  });
});
