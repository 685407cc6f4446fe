import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { BinariesMissing } from './embedded-postgres-errors.js';

const OPERATING_SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

/** The folder of the PostgreSQL that is packaged for this platform; `bin`, `lib` and `share` are in it. */
export function packagedBinaries(): string {
  const packageName = `@embedded-postgres/${OPERATING_SYSTEMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return path.resolve(path.dirname(entry), '..', 'native');
  } catch (error) {
    throw new BinariesMissing(packageName, error);
  }
}

/**
 * Makes the symbolic links that an npm package cannot hold. The package does so in an install script, which many
 * installations rightly do not run. Returns whether all links are there.
 */
export function linkLibraries(folder: string): boolean {
  const manifest = path.join(folder, 'pg-symlinks.json');
  if (!existsSync(manifest)) return true;
  const links = JSON.parse(readFileSync(manifest, 'utf8')) as readonly { source: string; target: string }[];
  return links.every(({ source, target }) => {
    // The manifest's paths start at the package; the folder, which may be a copy, is what it calls `native`.
    const link = path.join(folder, path.relative('native', target));
    try {
      if (!existsSync(link)) symlinkSync(path.basename(source), link);
    } catch {
      // Read-only, or another process was quicker; what counts is whether the link is there.
    }
    return existsSync(link);
  });
}
