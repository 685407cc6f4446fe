import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkIdentifiers } from './check-name.mjs';
import { textsOfDomains } from './domain-folders.mjs';

/** A domain package that is checked and tested like all others, and not published: what new ones are made from. */
export const template = { singular: 'sticky-note', plural: 'sticky-notes' };

/** Folders below a domain's, by its name. */
export const folderOf = (name) => `packages/repositories/${name}`;

const subjectOf = (name) => `apps/demo/test/tenant-leak/subjects/${name}-subject.ts`;

/** What was installed and built. */
const madeElsewhere = /^(?:node_modules|dist|coverage|\.turbo)$/;

const timeOfMigration = /(?<=readonly name = '\w+?)\d{13}(?=')/g;

/**
 * What a new domain is made of, as texts by their path: `inside`, in its package, and `outside`, in the repository.
 * Throws a `Refusal` where its name clashes with what the template calls other things.
 */
export function newFiles(root, { singular }, rename, now) {
  const renamed = (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    if (file.endsWith('.ts')) checkIdentifiers(file, text, rename);
    return rename(text);
  };
  const time = nextTime(root, now);
  const folder = folderOf(template.singular);
  const inside = filesOf(path.join(root, folder)).map((file) => {
    const text = renamed(`${folder}/${file}`);
    return [rename(file), file === 'package.json' ? published(text) : text.replace(timeOfMigration, time)];
  });
  return {
    inside: new Map(inside),
    outside: new Map([[subjectOf(singular), renamed(subjectOf(template.singular))]]),
  };
}

function filesOf(folder, under = '') {
  return readdirSync(path.join(folder, under), { withFileTypes: true })
    .filter(({ name }) => !madeElsewhere.test(name))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(folder, `${under}${entry.name}/`) : [`${under}${entry.name}`]));
}

function published(text) {
  return JSON.stringify({ ...JSON.parse(text), private: undefined });
}

/** The time of a migration that comes after all that there are. */
function nextTime(root, now) {
  const times = textsOfDomains(root, 'src/migrations').flatMap(({ text }) => text.match(timeOfMigration) ?? []);
  return String(Math.max(now, ...times.map((time) => Number(time) + 1)));
}
