import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The texts in a folder of every domain package, e.g. of `src/migrations`: `[{ file, text }]`, `file` from `root` on. */
export function textsOfDomains(root, folder) {
  const repositories = path.join(root, 'packages/repositories');
  return readdirSync(repositories)
    .map((domain) => path.join(repositories, domain, folder))
    .filter((from) => existsSync(from))
    .flatMap((from) => readdirSync(from).map((name) => path.join(from, name)))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file: path.relative(root, file), text: readFileSync(file, 'utf8') }));
}
