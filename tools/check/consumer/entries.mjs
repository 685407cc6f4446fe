// Copied into a project that has nothing but our tarballs: loads each entry named in argv both ways, prints what went wrong.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const problems = [];
for (const specifier of process.argv.slice(2)) {
  for (const [rule, load] of [
    ['entry-imports', (name) => import(name)],
    ['entry-requires', async (name) => require(name)],
  ]) {
    try {
      if (Object.keys(await load(specifier)).length === 0) throw new Error('it exports nothing');
    } catch (error) {
      problems.push({ rule, specifier, message: `${specifier}: ${error.message.split('\n')[0]}` });
    }
  }
}
console.log(JSON.stringify(problems));
