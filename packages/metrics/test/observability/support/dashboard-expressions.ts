import type { Dashboard } from './shipped-files.js';

/** Each expression of a dashboard as Grafana would send it, with the legend that its lines get, if they have one. */
export function dashboardExpressions(
  dashboard: Dashboard,
): readonly { readonly at: string; readonly expr: string; readonly legend: string }[] {
  const values = new Map(
    dashboard.templating.list.map(({ name, type, query }) => [name, type === 'constant' ? String(query) : '.*']),
  );
  const filled = (expr: string): string =>
    expr
      .replaceAll('$__rate_interval', '5m')
      .replaceAll('$__range', '1h')
      .replace(/\$(\w+)/g, (whole, name: string) => values.get(name) ?? whole);
  const annotations = dashboard.annotations.list.map(({ expr }) => ({ at: 'annotations', expr }));
  const targets = dashboard.panels.flatMap(({ title, targets: all = [] }) =>
    all.map(({ expr, legendFormat = '' }) => ({ at: title, expr, legend: legendFormat })),
  );
  const queries = dashboard.templating.list.flatMap(({ name, definition }) => {
    const [, expr, label] = /^label_values\((.*), (\w+)\)$/.exec(definition ?? '') ?? [];
    // A variable offers the values of a label: any expression that needs the label to be there.
    return expr === undefined
      ? []
      : [{ at: `$${name}`, expr: `count by (${label!}) (${expr} unless (${expr} offset 1h))` }];
  });
  return [...annotations, ...targets, ...queries].map((found) => ({ legend: '', ...found, expr: filled(found.expr) }));
}
