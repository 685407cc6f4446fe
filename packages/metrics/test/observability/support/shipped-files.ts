import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: unknown;
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat?: string }[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly definition?: string;
  readonly query: unknown;
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly schemaVersion: number;
  readonly links: readonly { readonly type: string; readonly tags: readonly string[] }[];
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
}

interface RuleTests {
  readonly tests: readonly {
    readonly promql_expr_test: readonly { readonly exp_samples: readonly { readonly labels: string }[] }[];
  }[];
}

const folder = path.join(__dirname, '../../../observability');
const dashboardsFolder = path.join(folder, 'dashboards');

/** What the package ships for Prometheus and Grafana. */
export const shippedFiles = {
  folder,
  rulesFile: path.join(folder, 'rules/holdfast.rules.yaml'),
  rules: (): readonly Rule[] => {
    const text = readFileSync(path.join(folder, 'rules/holdfast.rules.yaml'), 'utf8');
    const { groups } = parse(text) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
    return groups.flatMap(({ rules }) => rules);
  },
  /** The alerts that fire, at each moment that the tests of the rules look at. */
  firing: (): readonly (readonly string[])[] =>
    ['holdfast.test.yaml', 'holdfast-days.test.yaml'].flatMap((file) => {
      const { tests } = parse(readFileSync(path.join(folder, 'rules', file), 'utf8')) as RuleTests;
      return tests.flatMap(({ promql_expr_test: looks }) =>
        looks.map(({ exp_samples: samples }) => samples.map(({ labels }) => /alertname="(\w+)"/.exec(labels)![1]!)),
      );
    }),
  dashboards: (): readonly (readonly [file: string, Dashboard])[] =>
    readdirSync(dashboardsFolder).map((file) => [
      file,
      JSON.parse(readFileSync(path.join(dashboardsFolder, file), 'utf8')) as Dashboard,
    ]),
};
