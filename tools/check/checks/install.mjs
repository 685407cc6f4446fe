import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capture } from '../capture.mjs';
import { consumerProject } from '../consumer-project.mjs';
import { publishedExamples } from '../examples.mjs';
import { entriesOf } from '../workspace.mjs';

/** What a user gets: every tarball installed in a project of its own, every entry loaded, the READMEs' examples run. */
export const install = {
  name: 'install',
  async run({ root, pages = null, tarballs }) {
    const packed = await tarballs();
    const project = await consumerProject(root, packed);
    try {
      if (project.failure) return [{ rule: 'installs', file: 'package.json', message: project.failure }];
      return [
        ...(await loadEntries(project.folder, packed)),
        ...(await runExamples(project.folder, root, packed, pages)),
      ];
    } finally {
      project.remove();
    }
  },
};

async function loadEntries(folder, packed) {
  const owners = new Map(packed.flatMap((entry) => entriesOf(entry).map(({ specifier }) => [specifier, entry.folder])));
  const result = await capture(process.execPath, ['--no-warnings', 'entries.mjs', ...owners.keys()], { cwd: folder });
  if (result.code !== 0) throw new Error(`loading the entries ended with ${result.code}:\n${result.stderr}`);
  return JSON.parse(result.stdout).map(({ rule, specifier, message }) => ({
    rule,
    file: `${owners.get(specifier)}/package.json`,
    message,
  }));
}

async function runExamples(folder, root, packed, pages) {
  const examples = publishedExamples(root).filter(({ readme }) => pages === null || pages.includes(readme));
  const problems = [];
  if (!examples.some(({ readme, name }) => readme === 'README.md' && name === 'quickstart')) {
    const message = 'has no example: put <!-- example: quickstart --> before a ```ts block';
    problems.push({ rule: 'example-is-there', file: 'README.md', message });
  }
  mkdirSync(path.join(folder, 'examples'));
  const named = examples.map((example) => ({
    ...example,
    file: `${example.readme.replaceAll('/', '-').replace('README.md', '').replace('.md', '-')}${example.name}`,
  }));
  for (const { file, code } of named) writeFileSync(path.join(folder, 'examples', `${file}.ts`), code);
  const entries = packed.flatMap(entriesOf).map(({ specifier }) => `import '${specifier}';\n`);
  writeFileSync(path.join(folder, 'examples', 'all-entries.ts'), entries.join(''));
  const compiled = await capture(path.join(root, 'node_modules/.bin/tsc'), ['--pretty', 'false'], { cwd: folder });
  const errorsOf = ({ file }) => compiled.stdout.split('\n').filter((line) => line.startsWith(`examples/${file}.ts(`));
  const runs = await runAll(
    folder,
    named.filter((example) => errorsOf(example).length === 0).map(({ file }) => `built/${file}.js`),
  );
  for (const example of named) {
    const { file, readme, name, output } = example;
    const report = (rule, message) => problems.push({ rule, file: readme, message: `example ${name}: ${message}` });
    const errors = errorsOf(example);
    if (errors.length > 0) {
      report('example-compiles', errors.join('; '));
      continue;
    }
    const run = runs.get(`built/${file}.js`);
    if (run.code !== 0) report('example-runs', `ended with ${run.code}\n${run.stderr.trim().slice(-2000)}`);
    else if (output !== null && run.stdout !== output) report('example-prints-what-it-says', `printed\n${run.stdout}`);
  }
  // The compiler reads our declarations whole here; what is wrong in them belongs to no example.
  for (const line of compiled.stdout
    .split('\n')
    .filter((text) => /error TS/.test(text) && !text.startsWith('examples/'))) {
    const owner = packed.find(({ manifest }) => line.startsWith(`node_modules/${manifest.name}/`));
    const file = owner ? `${owner.folder}/package.json` : line.split('(')[0];
    problems.push({ rule: 'declarations-compile', file, message: line });
  }
  return problems;
}

/** What became of each program: `{ code, stdout, stderr }` by its file. */
async function runAll(folder, programs) {
  const result = await capture(process.execPath, ['with-databases.mjs', ...programs], { cwd: folder });
  if (result.code !== 0) throw new Error(`running the examples ended with ${result.code}:\n${result.stderr}`);
  return new Map(JSON.parse(result.stdout).map((run) => [run.program, run]));
}
