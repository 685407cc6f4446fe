import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { metricNames } from '@holdfast/metrics/prometheus';
import { dashboardExpressions } from './support/dashboard-expressions.js';
import { type Rule, shippedFiles } from './support/shipped-files.js';

const page = readFileSync(path.join(shippedFiles.folder, '../../../docs/observability.md'), 'utf8');
const rules = shippedFiles.rules();
const alerts = rules.filter((rule): rule is Rule & { readonly alert: string } => rule.alert !== undefined);
const metrics = metricNames();

/** The rows of all tables whose head is this, as the texts of their cells. */
function tables(...head: readonly string[]): readonly (readonly string[])[] {
  const rows = page.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.flatMap((row, at) => {
    if (row.join('|') !== head.join('|')) return [];
    const rest = rows.slice(at + 2);
    return rest.slice(
      0,
      rest.findIndex((cells) => cells.length === 0),
    );
  });
}

/** Whether an expression, or a recording that it goes by, asks for a metric. */
function asks(expression: string, metric: string): boolean {
  if (new RegExp(`\\b${metric}(_bucket|_sum|_count)?\\b`).test(expression)) return true;
  return rules.some(({ record, expr }) => record !== undefined && expression.includes(record) && asks(expr, metric));
}

describe('docs/observability.md', () => {
  it('lists every metric, by both of its names, with its type and its labels', () => {
    const conventional = metricNames({ naming: 'conventional' });

    const listed = tables('metric', 'conventional name', 'type', 'labels', 'what it counts');

    const sorted = (rows: readonly (readonly string[])[]): string[] => rows.map((cells) => cells.join(' | ')).sort();
    expect(sorted(listed.map((cells) => cells.slice(0, 4)))).toEqual(
      sorted(
        metrics.map(({ name, type, labels }, at) => [
          `\`${name}\``,
          `\`${conventional[at]!.name}\``,
          type,
          labels.map((label) => `\`${label}\``).join(', '),
        ]),
      ),
    );
  });

  it('says of every metric which dashboards and alerts use it', () => {
    const dashboards = shippedFiles.dashboards().map(([, dashboard]) => ({
      title: dashboard.title.replace('Holdfast / ', ''),
      expressions: dashboardExpressions(dashboard).map(({ expr }) => expr),
    }));

    const used = metrics.map(({ name }) => [
      `\`${name}\``,
      dashboards
        .filter(({ expressions }) => expressions.some((expr) => asks(expr, name)))
        .map(({ title }) => title)
        .join(', '),
      alerts
        .filter(({ expr }) => asks(expr, name))
        .map(({ alert }) => `[${alert.replace('Holdfast', '')}](#${alert.toLowerCase()})`)
        .join(', '),
    ]);

    expect(tables('metric', 'dashboards', 'alerts')).toEqual(used);
  });

  it('says of every alert what it means and what to do, where its runbook_url leads', () => {
    const sections = page.split(/^### /m).filter((section) => section.startsWith('Holdfast'));
    const told = sections.map((section) => section.split('\n').filter((line) => line !== ''));

    expect(told.map(([heading]) => heading)).toEqual(alerts.map(({ alert }) => alert));
    for (const [at, { alert, labels, annotations }] of alerts.entries()) {
      const [, means, advice] = told[at]!;
      expect(annotations).toMatchObject({ runbook_url: `docs/observability.md#${alert.toLowerCase()}` });
      expect(means!.toLowerCase()).toMatch(new RegExp(`^${labels!['severity']}\\. .`));
      expect(advice).toMatch(/\S/);
    }
  });

  it('lists every dashboard', () => {
    const listed = tables('dashboard', 'file', 'shows').map(([title, file]) => `${title!}: ${file!}`);

    const shipped = shippedFiles
      .dashboards()
      .map(([file, { title }]) => `${title.replace('Holdfast / ', '')}: \`${file}\``);

    expect(listed.sort()).toEqual(shipped.sort());
  });

  it('tells the windows of the error budget as they are', () => {
    const windows = tables('alert', 'long window', 'short window', 'burn rate', 'budget used by then');

    const ofRules = alerts
      .filter(({ alert }) => alert.startsWith('HoldfastErrorBudget'))
      .map(({ alert, expr }) => [
        alert,
        ...Array.from(expr.matchAll(/ratio_rate(\w+) >/g), ([, window]) => window),
        /> ([\d.]+) \*/.exec(expr)![1],
      ]);

    expect(windows.map((cells) => cells.slice(0, 4))).toEqual(ofRules);
  });
});
