// `npm run new-domain -- <name>`: a complete domain package, made from packages/repositories/sticky-note, and its name in the
// other places that domains are named in. docs/add-a-domain.md goes on from there.
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkName } from './new-domain/check-name.mjs';
import { pluralOf, renaming } from './new-domain/names.mjs';
import { Refusal } from './new-domain/refusal.mjs';
import { folderOf, newFiles, template } from './new-domain/template.mjs';
import { wiredFiles } from './new-domain/wiring.mjs';
import { writeAll } from './new-domain/write-all.mjs';

const root = path.resolve(import.meta.dirname, '..');
const usage = 'npm run new-domain -- <name> [--plural <names>], e.g. npm run new-domain -- scaling-group';

try {
  const names = namesOf(process.argv.slice(2));
  checkName(root, names);
  const rename = renaming(template, names);
  const { inside, outside } = newFiles(root, names, rename, Date.now());
  const wired = wiredFiles(root, rename);
  const folder = folderOf(names.singular);
  const formatted = await formatter();
  const others = await formatted(new Map([...outside, ...wired]));
  writeAll(root, folder, await formatted(inside, folder), others);
  console.log([`Made ${folder}, and named it in`, ...others.keys()].join('\n  '));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function namesOf(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { plural: { type: 'string' } },
    });
    if (positionals.length !== 1) throw new Error(`One name is needed, and there are ${positionals.length}.`);
    const [singular] = positionals;
    return { singular, plural: values.plural ?? pluralOf(singular) };
  } catch (error) {
    throw new Refusal(`${error.message}\n${usage}`);
  }
}

/** Writes texts as Prettier does, which is one of the tools of the checks. */
async function formatter() {
  const prettier = createRequire(path.join(root, 'tools/check/package.json'))('prettier');
  return async (texts, folder = '.') => {
    const formatted = [...texts].map(async ([file, text]) => {
      const filepath = path.join(root, folder, file);
      const { inferredParser } = await prettier.getFileInfo(filepath);
      if (inferredParser === null) return [file, text];
      return [file, await prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath })];
    });
    return new Map(await Promise.all(formatted));
  };
}
