import { readFileSync } from 'node:fs';
import path from 'node:path';

const packages = path.resolve(__dirname, '../../../../../packages');

/** Only says what rows look like. */
const harmless = ['entityShape'];

/** The ways to take scope and querier to statements of one's own, read from what the packages export. */
export function exportedInterop(): readonly string[] {
  const entries = ['querier', 'base'].map((name) => readFileSync(path.join(packages, name, 'src/index.ts'), 'utf8'));
  return entries
    .flatMap((text) => [...text.matchAll(/^export \{ ([^}]+) \} from '\.\/interop\//gm)])
    .flatMap(([, names]) => names!.split(', '))
    .filter((name) => !harmless.includes(name))
    .sort();
}
