import { newDomain } from '../checks/new-domain.mjs';

const page = 'docs/add-a-domain.md';
const writer = 'tools/new-domain/write-all.mjs';
const template = 'packages/repositories/sticky-note/src/sticky-note-scopes.ts';

/** A page of one step: the whole of it takes minutes. */
const saying = (step, files = {}) => ({
  alone: true,
  at: page,
  files: { ...files, [page]: `# Adding a domain\n\n${step}\n` },
});
const command = (text) => `\`\`\`sh\n${text}\n\`\`\``;
const refused = (text) => `<!-- refused -->\n\n${command(text)}`;

export const plantedNewDomain = {
  check: newDomain,
  required: ['command-works', 'change-works', 'refused-works', 'failure-is-undone'],
  plants: [
    {
      // A place that names domains is no longer as it was.
      rules: ['command-works'],
      ...saying(command('npm run new-domain -- widget'), {
        'apps/demo/src/domains.ts': (old) => old.replace('export const migrations', 'export const all'),
      }),
    },
    {
      // The code has gone on, and the page has not.
      rules: ['change-works'],
      ...saying(`\`\`\`diff\n--- a/${template}\n+++ b/${template}\n@@ -1 +1,2 @@\n+// New.\n // Old.\n\`\`\``),
    },
    ...[
      // What was changed stays so, what was made stays, the draft stays.
      ["renameSync(path.join(draft, 'kept', file), to)", '{}'],
      ['undo.push(() => rmSync(home', 'undo.push(() => void (home'],
      ['  undo[0]();', ''],
    ].map(([part, other]) => ({
      alone: true,
      at: writer,
      rules: ['failure-is-undone'],
      files: { [writer]: (old) => old.replace(part, other) },
    })),
    { rules: ['refused-works'], ...saying(refused('true')) },
    { rules: ['refused-works'], ...saying(refused('touch docs/half-written.md; false')) },
  ],
};
