import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ObservabilityFilesArgs } from './observability-files-args.js';
import { renamedMetrics } from './renamed-metrics.js';

const folder = new URL('../../observability/', import.meta.url);

/**
 * The dashboards for Grafana and the rules for Prometheus with their tests, by path, e.g. `rules/holdfast.rules.yaml`, with the
 * names that metrics have on your pages: for observers with a `prefix` or `naming` of their own, and for OpenMetrics.
 * Throws Misuse for arguments that make no sense.
 */
export function observabilityFiles(args: ObservabilityFilesArgs = {}): ReadonlyMap<string, string> {
  const renamed = renamedMetrics(args);
  const paths = readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(json|yaml)$/.test(path))
    .sort();
  return new Map(paths.map((path) => [path, renamed(readFileSync(new URL(path, folder), 'utf8'))]));
}
