// `npm run check`, or `npm run check -- eslint knip` for some of them; `--in packages/base` is for those that look at one
// package after the other. A check is `{ name, run(tree) }` and resolves to its problems, `[{ rule, file, line?, message }]`;
// the tree is `{ root, folders, tarballs() }`, where folders, if not null, are all that is to be looked at.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackages } from './build.mjs';
import { checks as all } from './checks.mjs';
import { inTurn } from './in-turn.mjs';
import { packAll } from './tarballs.mjs';

const AT_ONCE = 2;
const SHOWN = 40;
const root = path.resolve(import.meta.dirname, '../..');

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { in: { type: 'string', multiple: true } },
});
const folders = values.in ?? null;
for (const folder of folders ?? []) {
  if (existsSync(path.join(root, folder, 'package.json'))) continue;
  console.error(`There is no package in ${folder}.`);
  process.exit(2);
}
const unknown = asked.filter((name) => !all.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`No such check: ${unknown.join(', ')}. There are ${all.map((check) => check.name).join(', ')}.`);
  process.exit(2);
}
const checks = all.filter(({ name }) => asked.length === 0 || asked.includes(name));

let packing;
const tree = {
  root,
  folders,
  tarballs: async () => (await (packing ??= buildPackages(root).then(() => packAll(root)))).packed,
};

let failed = 0;
await inTurn(checks, AT_ONCE, async ({ name, run }) => {
  const started = performance.now();
  const problems = await run(tree).catch((error) => [{ rule: 'runs', file: name, message: error.message }]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = problems.length === 0 ? 'ok' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${name.padEnd(20)} ${seconds.padStart(5)} s  ${verdict}`);
  for (const { rule, file, line, message } of problems.slice(0, SHOWN)) {
    console.log(`    ${file}${line ? `:${line}` : ''}  ${rule}  ${message.replaceAll('\n', '\n      ')}`);
  }
  if (problems.length > SHOWN) console.log(`    and ${problems.length - SHOWN} more`);
  if (problems.length > 0) failed += 1;
});
await packing?.then(
  ({ remove }) => remove(),
  () => {},
);

console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
