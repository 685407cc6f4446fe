import { newDomain } from '../checks/new-domain.mjs';

const page = 'docs/add-a-domain.md';
const note = 'packages/repositories/sticky-note';
const replaced = (from, to) => (old) => {
  if (!old.includes(from)) throw new Error(`there is no ${from} to spoil any more`);
  return old.replace(from, to);
};

/** Short of what takes minutes: the page says no more than what is planted for. */
const sayingOnly = (text) => ({ [page]: `# Adding a domain\n\n${text}` });
const made = '```sh\nnpm run new-domain -- widget\n```\n\n';
const changed =
  '```diff\n--- a/packages/repositories/widget/src/widget-scopes.ts\n+++ b/packages/repositories/widget/src/widget-scopes.ts\n' +
  "@@ -1,1 +1,2 @@\n+// The first line.\n import type { DomainName } from '@holdfast/domain-types';\n```\n";

export const plantedNewDomain = {
  check: newDomain,
  required: ['command-works', 'change-works', 'refused-works'],
  plants: [
    {
      // A place that names domains is no longer as it was.
      alone: true,
      rules: ['command-works'],
      at: page,
      files: {
        ...sayingOnly(made),
        'apps/demo/src/domains.ts': replaced('export const migrations', 'export const all'),
      },
    },
    {
      // What is made does not compile.
      alone: true,
      rules: ['command-works'],
      at: page,
      files: {
        ...sayingOnly(`${made}\`\`\`sh\nnpm run check -- typecheck --in packages/repositories/widget\n\`\`\`\n`),
        [`${note}/src/sticky-note-scopes.ts`]: replaced("name: 'domain'", 'name: 1'),
      },
    },
    {
      // The template has gone on, and the page has not.
      alone: true,
      rules: ['change-works'],
      at: page,
      files: {
        ...sayingOnly(made + changed),
        [`${note}/src/sticky-note-scopes.ts`]: replaced('import type { DomainName }', 'import { type DomainName }'),
      },
    },
    {
      alone: true,
      rules: ['refused-works'],
      at: page,
      files: sayingOnly(`<!-- refused -->\n\n${made}`),
    },
  ],
};
