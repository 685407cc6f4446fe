import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { workspacePackages } from './workspace.mjs';

// <!-- example: name -->          what follows compiles and runs
// <!-- output: name -->           and prints exactly this
const block = /^<!-- (example|output): ([a-z0-9-]+) -->\n+```[a-z]*\n([\s\S]*?)^```$/gm;

/**
 * The marked blocks of the README files and of docs: `[{ readme, name, code, output }]`, where output is null if none is
 * promised.
 */
export function publishedExamples(root) {
  const docs = path.join(root, 'docs');
  const pages = existsSync(docs) ? readdirSync(docs).filter((file) => file.endsWith('.md')) : [];
  const readmes = [
    'README.md',
    ...workspacePackages(root).map(({ folder }) => `${folder}/README.md`),
    ...pages.map((file) => `docs/${file}`),
  ];
  return readmes
    .filter((readme) => existsSync(path.join(root, readme)))
    .flatMap((readme) => {
      const blocks = [...readFileSync(path.join(root, readme), 'utf8').matchAll(block)];
      const outputs = new Map(blocks.filter(([, kind]) => kind === 'output').map(([, , name, text]) => [name, text]));
      return blocks
        .filter(([, kind]) => kind === 'example')
        .map(([, , name, code]) => ({ readme, name, code, output: outputs.get(name) ?? null }));
    });
}
