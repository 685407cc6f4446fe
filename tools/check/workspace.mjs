import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folders that hold packages; the same list as in pnpm-workspace.yaml. */
const parents = ['packages', 'packages/repositories', 'apps'];

/** Every package of the workspace below `root`: its folder (relative, with slashes) and its manifest. */
export function workspacePackages(root) {
  return parents
    .filter((parent) => existsSync(path.join(root, parent)))
    .flatMap((parent) =>
      readdirSync(path.join(root, parent))
        .sort()
        .map((name) => `${parent}/${name}`),
    )
    .filter((folder) => existsSync(path.join(root, folder, 'package.json')))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')),
    }));
}

/** The packages that are published, and the template of domains, which those that are made from it take after. */
export const publishedPackages = (root) =>
  workspacePackages(root).filter(({ folder, manifest }) => !manifest.private || folder.startsWith('packages/'));

/** The modules that an exports map offers, without what it offers as files, e.g. `./package.json`: `[{ specifier, source }]`. */
export function entriesOf({ folder, manifest }) {
  return Object.entries(manifest.exports ?? {})
    .filter(([, target]) => typeof target !== 'string')
    .map(([subpath, target]) => ({
      specifier: path.posix.join(manifest.name, subpath),
      source: path.posix.join(folder, target['@holdfast/source'] ?? ''),
    }));
}
