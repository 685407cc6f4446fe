// Prints as JSON how many statements the operations of repositories declare, in the tree that is named: run with that tree's
// jest/typescript.mjs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [root] = process.argv.slice(2);
const ROWS = [1, 100, 10_000];

/** What else a number depends on; told where it makes a difference. */
const variants = [
  { as: '', workload: {} },
  { as: 'one cannot be done', workload: { failures: 1 } },
  { as: 'with conflict checks', workload: { conflictChecks: true } },
];

const load = (file) => import(pathToFileURL(path.join(root, file)));
const { statementCounts } = await load('packages/base/src/index.ts');

/** The most statements at each number of rows, and the variants in which they are others. */
function countsOf(declared) {
  const all = variants.map(({ as, workload }) => ({ as, most: ROWS.map((rows) => declared({ ...workload, rows })) }));
  return all.filter(({ most }, index) => index === 0 || most.join() !== all[0].most.join());
}

const operations = (declared) => Object.entries(declared).map(([name, count]) => ({ name, counts: countsOf(count) }));

function methodsOf(type) {
  const names = new Set();
  for (let each = type.prototype; each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    for (const name of Object.getOwnPropertyNames(each)) if (!['constructor', 'within'].includes(name)) names.add(name);
  }
  return [...names].filter((name) => typeof type.prototype[name] === 'function');
}

/** The repositories that a published package exports. */
async function repositoriesOf(folder) {
  const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  if (manifest.private === true) return [];
  const exported = Object.entries(await load(path.join(folder, manifest.exports['.']['@holdfast/source'])));
  return exported
    .filter(([name, value]) => name.endsWith('Repository') && typeof value === 'function')
    .map(([name, type]) => {
      const methods = methodsOf(type);
      const { statements = {}, standardStatements = {} } = type;
      return {
        name,
        folder,
        standard: methods.filter((method) => Object.hasOwn(statementCounts, method)),
        own: operations({ ...statements, ...standardStatements }),
        undeclared: methods.filter((method) => !Object.hasOwn({ ...statementCounts, ...statements }, method)),
      };
    });
}

const parent = 'packages/repositories';
const folders = readdirSync(path.join(root, parent))
  .sort()
  .map((name) => `${parent}/${name}`)
  .filter((folder) => existsSync(path.join(root, folder, 'package.json')));
const repositories = (await Promise.all(folders.map(repositoriesOf))).flat();
console.log(JSON.stringify({ rows: ROWS, standard: operations(statementCounts), repositories }));
