import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Name and version of a package that is installed here; not all let their package.json be imported. */
export function versionOf(name: string): string {
  let folder = path.dirname(createRequire(import.meta.url).resolve(name));
  for (;;) {
    const file = path.join(folder, 'package.json');
    const found = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
    if (found['name'] === name) return `${name} ${String(found['version'])}`;
    if (path.dirname(folder) === folder) throw new Error(`${name} has no package.json.`);
    folder = path.dirname(folder);
  }
}
