import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { dashboardExpressions } from './support/dashboard-expressions.js';
import { shippedFiles } from './support/shipped-files.js';

const promtoolIsFound = spawnSync('promtool', ['--version']).error === undefined;
if (!promtoolIsFound) {
  process.stderr.write('Left out: the tests of the alert rules by promtool, which is not installed.\n');
}
const itWithPromtool = promtoolIsFound ? it : it.skip;

function promtool(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'holdfast-rules-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('promtool', () => {
  itWithPromtool('accepts the rules', () => {
    const { status, output } = promtool('check', 'rules', '--lint=all', '--lint-fatal', shippedFiles.rulesFile);

    expect(output).toContain(`SUCCESS: ${shippedFiles.rules().length} rules found`);
    expect(status).toBe(0);
  });

  itWithPromtool.each(['holdfast.test.yaml', 'holdfast-days.test.yaml'])(
    'finds that alerts behave as %s says',
    (file) => {
      expect(promtool('test', 'rules', path.join(shippedFiles.folder, 'rules', file))).toEqual({
        status: 0,
        output: expect.stringContaining('SUCCESS'),
      });
    },
  );

  itWithPromtool.each(shippedFiles.dashboards())('accepts every expression of %s', (file, dashboard) => {
    const rules = dashboardExpressions(dashboard).map(({ expr }, at) => ({ record: `expression:${at}`, expr }));
    const generated = path.join(folder, `${file}.rules.yaml`);
    writeFileSync(generated, stringify({ groups: [{ name: 'dashboard', rules }] }));

    const { status, output } = promtool('check', 'rules', generated);

    expect(output).toContain(`SUCCESS: ${rules.length} rules found`);
    expect(status).toBe(0);
  });
});

it('every alert has cases where it fires, and cases where nothing does', () => {
  const fires = shippedFiles.firing();
  const alerts = shippedFiles.rules().flatMap(({ alert }) => (alert === undefined ? [] : [alert]));

  expect(alerts.filter((alert) => !fires.some((firing) => firing.includes(alert)))).toEqual([]);
  expect(fires.filter((firing) => firing.length === 0).length).toBeGreaterThanOrEqual(alerts.length);
});
