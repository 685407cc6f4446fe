import { existsSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { workspacePackages } from '../check/workspace.mjs';
import { textsOfDomains } from './domain-folders.mjs';
import { Refusal } from './refusal.mjs';

/** So that the longest name of an index is none that PostgreSQL cuts off. */
const MOST_CHARACTERS = 32;

const kebab = /^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*$/;

/** What PostgreSQL takes for no name of a table: the reserved words of its appendix C. */
const reservedInSql = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation ' +
    'column concurrently constraint create cross current_catalog current_date current_role current_schema current_time ' +
    'current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze ' +
    'from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit ' +
    'localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references ' +
    'returning right select session_user similar some symmetric system_user table tablesample then to trailing true ' +
    'union unique user using variadic verbose when where window with'
  ).split(' '),
);

/** What no entity of ours has and a database holds all the same: TypeORM's own. */
const tablesOfTypeOrm = new Set(['migrations', 'typeorm_metadata']);

/** Throws a `Refusal` for what cannot be the name of a new domain: its form, its meaning elsewhere, or that it is taken. */
export function checkName(root, { singular, plural }) {
  for (const [name, what] of [
    [singular, 'the name of a domain'],
    [plural, 'its plural'],
  ]) {
    if (!kebab.test(name)) {
      throw new Refusal(`"${name}" is not kebab-case: write ${what} in lower-case words, e.g. "scaling-group".`);
    }
    if (name.length > MOST_CHARACTERS) throw new Refusal(`"${name}" has more than ${MOST_CHARACTERS} characters.`);
  }
  if (singular === plural) throw new Refusal(`The plural of "${singular}" must be another word: say it with --plural.`);
  for (const word of [singular, plural]) {
    if (isReservedInTypeScript(word)) throw new Refusal(`"${word}" is a reserved word of TypeScript.`);
  }
  const table = plural.replaceAll('-', '_');
  if (reservedInSql.has(table))
    throw new Refusal(`"${table}", the table, is a reserved word of PostgreSQL: say another --plural.`);
  if (tablesOfTypeOrm.has(table)) throw new Refusal(`The table ${table} is taken: TypeORM has it.`);
  checkFree(root, singular, table);
}

function checkFree(root, singular, table) {
  const folder = `packages/repositories/${singular}`;
  if (existsSync(path.join(root, folder))) throw new Refusal(`"${singular}" is taken: there is ${folder}.`);
  const namesake = workspacePackages(root).find(({ manifest }) => manifest.name === `@holdfast/${singular}-repository`);
  if (namesake !== undefined) throw new Refusal(`${namesake.manifest.name} is taken: ${namesake.folder} is called so.`);
  const entity = singular.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());
  for (const { file, text } of textsOfDomains(root, 'src')) {
    if (text.includes(`tableName: '${table}'`)) throw new Refusal(`The table ${table} is taken: ${file} has it.`);
    if (new RegExp(`new EntitySchema<\\w+>\\(\\{\\s*name: '${entity}'`).test(text)) {
      throw new Refusal(`The entity ${entity} is taken: ${file} has it.`);
    }
  }
}

function isReservedInTypeScript(word) {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, word);
  const token = scanner.scan();
  const { FirstReservedWord, LastFutureReservedWord } = ts.SyntaxKind;
  return word === 'await' || (token >= FirstReservedWord && token <= LastFutureReservedWord);
}

/** Throws a `Refusal` if two names of a file would become one, e.g. where a domain is called as something that it uses. */
export function checkIdentifiers(file, text, rename) {
  const sources = new Map();
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const renamed = rename(node.text);
      const other = sources.get(renamed) ?? node.text;
      if (other !== node.text) {
        throw new Refusal(
          `The name clashes: "${renamed}" would be two things in what is made of ${file}. Choose another.`,
        );
      }
      sources.set(renamed, node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
}
