import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { observabilityFiles } from './observability-files.js';

const usage = `holdfast-observability <folder> [--prefix <prefix>] [--naming seeds|conventional] [--openmetrics]

Writes the dashboards for Grafana and the rules for Prometheus, with the names that metrics have on your pages.
  --prefix       what their names begin with, if not backendai
  --naming       as the PrometheusObserver was told; seeds unless given
  --openmetrics  the registry prints OpenMetrics, as it does for exemplars
`;

const options = {
  prefix: { type: 'string' },
  naming: { type: 'string' },
  openmetrics: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Does what the command line says, and returns what to print. Throws if it makes no sense. */
export function writeObservabilityFiles(commandLine: readonly string[]): string {
  const { values, positionals } = parseArgs({ args: [...commandLine], options, allowPositionals: true });
  const { prefix = 'backendai', naming = 'seeds', openmetrics = false, help = false } = values;
  const [folder, ...more] = positionals;
  if (help) return usage;
  if (folder === undefined || more.length > 0) throw new TypeError(`Say one folder to write to.\n\n${usage}`);
  if (naming !== 'seeds' && naming !== 'conventional') throw new TypeError(`There is no naming ${naming}.\n\n${usage}`);
  const files = observabilityFiles({ prefix, naming, openMetrics: openmetrics });
  for (const [file, text] of files) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return [...files.keys()].map((file) => `${path.join(folder, file)}\n`).join('');
}
