import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from './refusal.mjs';

/**
 * The other places that a domain is named in, as texts by their path from `root` on; `as` writes the domain's name for
 * the template's. Throws a `Refusal` where a place is no longer as it is looked for here.
 */
export function wiredFiles(root, as) {
  const wired = new Map([[as('.changeset/sticky-note-repository.md'), as(changeset)]]);
  for (const [file, ...changes] of places(as)) {
    let text = readFileSync(path.join(root, file), 'utf8');
    for (const change of changes) text = change(text, file);
    wired.set(file, text);
  }
  return wired;
}

const changeset = `---
'@holdfast/sticky-note-repository': minor
---

A repository of sticky notes.
`;

const errors = `
| [\`StickyNoteNotFound\`](../packages/repositories/sticky-note/src/sticky-note-not-found.ts) | \`sticky-note_read_not-found\` | 404 | no | an \`EntityNotFound\`, with \`stickyNoteId\` |
| [\`StickyNoteAlreadyExists\`](../packages/repositories/sticky-note/src/sticky-note-already-exists.ts) | \`sticky-note_create_already-exists\` | 409 | no | an \`EntityAlreadyExists\`: the name is taken in the domain, or the id is taken |
| [\`StickyNoteStatusConflict\`](../packages/repositories/sticky-note/src/sticky-note-status-conflict.ts) | \`sticky-note_update_conflict\` | 409 | no | the status cannot follow the current one; \`from\` and \`to\` say which |
`.trim();

const demo = 'apps/demo/src';
const leaks = 'apps/demo/test/tenant-leak';

const places = (as) => [
  [
    'README.md',
    afterLast(
      /^\| \[`@holdfast\/.+-repository`\]\(packages\/repositories\//,
      as(
        '| [`@holdfast/sticky-note-repository`](packages/repositories/sticky-note/README.md) | sticky notes of a domain |',
      ),
    ),
  ],
  ['docs/errors.md', afterLast(/^\| \[`\w+`\]\(\.\.\/packages\/repositories\//, as(errors))],
  ['apps/demo/package.json', dependency(as('@holdfast/sticky-note-repository'))],
  [
    `${demo}/domains.ts`,
    imported(as("import { stickyNoteEntities } from '@holdfast/sticky-note-repository/entities';")),
    imported(as("import { stickyNoteMigrations } from '@holdfast/sticky-note-repository/migrations';")),
    listed('entities', as('...stickyNoteEntities')),
    listed('migrations', as('...stickyNoteMigrations')),
  ],
  [
    `${demo}/repositories.ts`,
    imported(
      as("import { StickyNoteRepositories, type StickyNoteRepository } from '@holdfast/sticky-note-repository';"),
    ),
    afterLast(/^ {2}readonly \w+: \w+Repository;$/, as('  readonly stickyNotes: StickyNoteRepository;')),
    afterLast(
      /^ {4}\w+: \w+Repositories\.create\(.+,$/,
      as("    stickyNotes: StickyNoteRepositories.create(argsOf('sticky_note_repository')).repository,"),
    ),
  ],
  [
    `${leaks}/subjects.ts`,
    imported(as("import { stickyNoteSubject } from './subjects/sticky-note-subject.js';")),
    afterLast(/^ {2}'[\w-]+\/\w+Repository': \w+,$/, as("  'sticky-note/StickyNoteRepository': stickyNoteSubject,")),
  ],
];

/** Puts lines after the last one like that. */
function afterLast(pattern, added) {
  return (text, file) => {
    const lines = text.split('\n');
    const last = lines.findLastIndex((line) => pattern.test(line));
    if (last < 0)
      throw new Refusal(`${file} has no line like ${pattern} any more: tools/new-domain/wiring.mjs looks for one.`);
    return lines.toSpliced(last + 1, 0, added).join('\n');
  };
}

/** Puts an import among the others, which are in order. */
function imported(statement) {
  const key = (specifier) => (specifier.startsWith('.') ? `~${specifier}` : specifier);
  const [, fresh] = /from '(.+)';$/.exec(statement);
  return (text) => {
    const imports = [...text.matchAll(/^import [^;]+? from '([^']+)';$/gm)];
    const before = imports.findLast(([, specifier]) => key(specifier) < key(fresh));
    if (before === undefined) return `${statement}\n${text}`;
    const end = before.index + before[0].length;
    return `${text.slice(0, end)}\n${statement}${text.slice(end)}`;
  };
}

/** Adds a member to the end of an exported list. */
function listed(name, member) {
  const list = new RegExp(`(export const ${name}\\b[^=]*= \\[[^\\]]*?),?(\\s*\\];)`);
  return (text, file) => {
    if (!list.test(text))
      throw new Refusal(`${file} has no list ${name} any more: tools/new-domain/wiring.mjs adds to it.`);
    return text.replace(list, `$1, ${member}$2`);
  };
}

/** Adds a package of ours to the dependencies of a manifest, which are in order. */
function dependency(name) {
  return (text) => {
    const manifest = JSON.parse(text);
    const dependencies = Object.entries({ ...manifest.dependencies, [name]: 'workspace:*' });
    const sorted = Object.fromEntries(dependencies.sort(([a], [b]) => (a < b ? -1 : 1)));
    return JSON.stringify({ ...manifest, dependencies: sorted });
  };
}
