import { newDomain } from '../checks/new-domain.mjs';

const page = 'docs/add-a-domain.md';
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
  required: ['command-works', 'change-works', 'refused-works'],
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
    { rules: ['refused-works'], ...saying(refused('true')) },
    { rules: ['refused-works'], ...saying(refused('touch docs/half-written.md; false')) },
  ],
};
