import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { observabilityFiles } from '@holdfast/metrics/observability';
import { metricNames } from '@holdfast/metrics/prometheus';
import { parse } from 'yaml';
import { writeObservabilityFiles } from '../../src/observability/write-observability-files.js';
import { dashboardExpressions } from './support/dashboard-expressions.js';
import { expressionShape } from './support/expression-shape.js';
import { knownSeries } from './support/known-series.js';
import { type Dashboard, type Rule, shippedFiles } from './support/shipped-files.js';

const rulesPath = 'rules/holdfast.rules.yaml';

describe('the files for an observer', () => {
  it('are the ones of the package, to the letter, if it has the default names', () => {
    const files = observabilityFiles();

    expect([...files.keys()]).toEqual([
      'dashboards/cache.json',
      'dashboards/database-and-pool.json',
      'dashboards/overview.json',
      'dashboards/repository.json',
      'dashboards/resilience.json',
      'rules/holdfast-days.test.yaml',
      rulesPath,
      'rules/holdfast.test.yaml',
    ]);
    for (const [file, text] of files) expect(text).toBe(readFileSync(path.join(shippedFiles.folder, file), 'utf8'));
  });

  it.each([
    ['another prefix', { prefix: 'shop' }],
    ['conventional names', { naming: 'conventional' }],
    ['both', { prefix: 'shop', naming: 'conventional' }],
  ] as const)('ask for what it exports, if it has %s', (_, args) => {
    const files = observabilityFiles(args);

    const { groups } = parse(files.get(rulesPath)!) as {
      readonly groups: readonly { readonly rules: readonly Rule[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    const dashboards = [...files].filter(([file]) => file.endsWith('.json'));
    const asked = dashboards.flatMap(([, text]) => dashboardExpressions(JSON.parse(text) as Dashboard));
    const known = knownSeries(rules, args);

    for (const { expr } of [...rules, ...asked]) expect(() => expressionShape(expr, known)).not.toThrow();
    const before = metricNames().map(({ name }) => name);
    const after = new Set(metricNames(args).map(({ name }) => name));
    const old = new RegExp(`\\b(${before.filter((name) => !after.has(name)).join('|')})\\b`);
    for (const [, text] of files) expect(text).not.toMatch(old);
  });

  it('ask for counters by their names in OpenMetrics, if its pages are of that kind', () => {
    const rules = observabilityFiles({ openMetrics: true }).get(rulesPath)!;

    expect(rules).toContain('rate(backendai_layer_operation_count_total{');
    expect(rules).toContain('rate(backendai_layer_operation_duration_sec_bucket{');
    expect(rules).toContain('(backendai_layer_operation_triggered_count)');
    expect(observabilityFiles({ openMetrics: true, naming: 'conventional' })).toEqual(
      observabilityFiles({ naming: 'conventional' }),
    );
  });

  it('cannot be had for a prefix that no name may begin with', () => {
    expect(() => observabilityFiles({ prefix: '9 lives' })).toThrow(Misuse);
  });
});

describe('holdfast-observability', () => {
  it('writes them to a folder, and says where', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-observability-'));
    try {
      const said = writeObservabilityFiles([folder, '--prefix', 'shop', '--naming', 'conventional']);

      const expected = observabilityFiles({ prefix: 'shop', naming: 'conventional' });
      expect(said.trim().split('\n')).toEqual([...expected.keys()].map((file) => path.join(folder, file)));
      for (const [file, text] of expected) expect(readFileSync(path.join(folder, file), 'utf8')).toBe(text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['no folder', []],
    ['two folders', ['one', 'two']],
    ['an option that there is not', ['one', '--names']],
    ['a naming that there is not', ['one', '--naming', 'mine']],
    ['a prefix that no name may begin with', ['one', '--prefix', '9 lives']],
  ])('writes nothing if it is told %s', (_, commandLine) => {
    expect(() => writeObservabilityFiles(commandLine)).toThrow();
  });

  it('says what it can do', () => {
    expect(writeObservabilityFiles(['--help'])).toContain('--openmetrics');
  });
});

it('the files of the package can be found by the name of the package', () => {
  expect(require.resolve('@holdfast/metrics/observability/rules/holdfast.rules.yaml')).toBe(shippedFiles.rulesFile);
});
