import { describe, expect, it } from '@jest/globals';
import { type Panel, shippedFiles } from './support/shipped-files.js';

const dashboards = shippedFiles.dashboards();
const isRow = ({ type }: Panel): boolean => type === 'row';

function overlap(one: Panel, other: Panel): boolean {
  const [a, b] = [one.gridPos, other.gridPos];
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

describe.each(dashboards)('the dashboard %s', (_, dashboard) => {
  const figures = dashboard.panels.filter((panel) => !isRow(panel));

  it('asks the data source that its reader has chosen', () => {
    expect(dashboard.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' });
    for (const { datasource } of figures) expect(datasource).toBeDefined();
    JSON.parse(JSON.stringify(dashboard), (key, value: unknown) => {
      if (key === 'datasource') expect(value).toEqual({ type: 'prometheus', uid: '${datasource}' });
      return value;
    });
  });

  it('has no variable that it does not define, and none that nothing uses', () => {
    const defined = dashboard.templating.list.map(({ name }) => name);

    const used = Array.from(JSON.stringify(dashboard).matchAll(/\$\{?(\w+)/g), ([, name]) => name!);

    expect(new Set(used.filter((name) => !name.startsWith('__')))).toEqual(new Set(defined));
  });

  it('leads to the other ones', () => {
    expect(dashboard.tags).toContain('holdfast');
    expect(dashboard.links).toMatchObject([{ type: 'dashboards', tags: ['holdfast'] }]);
  });

  it('says of each panel what it shows, and in which unit', () => {
    for (const { title, description, fieldConfig, type } of figures) {
      expect({ title, description }).toEqual({
        title: expect.stringMatching(/^\S/),
        description: expect.stringMatching(/\.$/),
      });
      if (type !== 'heatmap')
        expect({ title, unit: fieldConfig?.defaults.unit }).toEqual({ title, unit: expect.any(String) });
    }
  });

  it('has a legend wherever a panel shows several lines', () => {
    for (const { type, title, targets } of figures) {
      if (type !== 'timeseries' && type !== 'state-timeline') continue;
      const nameless = targets!.filter(
        ({ expr, legendFormat }) => !legendFormat && (targets!.length > 1 || /\bby \(/.test(expr)),
      );
      expect({ title, nameless }).toEqual({ title, nameless: [] });
    }
  });

  it('has panels beside and below each other, each with an id of its own', () => {
    const { panels } = dashboard;

    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    const overlapping = panels.flatMap((one, at) => panels.slice(at + 1).filter((other) => overlap(one, other)));
    expect(overlapping).toEqual([]);
  });
});

it('every dashboard has a uid and a title of its own', () => {
  expect(new Set(dashboards.map(([, { uid }]) => uid)).size).toBe(dashboards.length);
  expect(new Set(dashboards.map(([, { title }]) => title)).size).toBe(dashboards.length);
});
