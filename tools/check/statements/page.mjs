import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as prettier from 'prettier';
import { brokenTool, capture } from '../capture.mjs';

export const page = 'docs/statements.md';
const [begin, end] = ['<!-- statements -->', '<!-- end: statements -->'];

/** What the repositories of a tree declare: see declared-statements.mjs. */
export async function declaredStatements(root) {
  const result = await capture(
    process.execPath,
    [
      '--import',
      pathToFileURL(path.join(root, 'jest/typescript.mjs')).href,
      path.join(import.meta.dirname, 'declared-statements.mjs'),
      root,
    ],
    { cwd: root },
  );
  if (result.code !== 0) throw brokenTool('declared-statements.mjs', result);
  return JSON.parse(result.stdout);
}

/** The page with the tables of what is declared, as it must be; throws if it has no place for them. */
export async function pageWith(root, declared) {
  const file = path.join(root, page);
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no part between ${begin} and ${end}.`);
  const written = `${text.slice(0, from)}${begin}\n\n${tables(declared)}\n\n${text.slice(to)}`;
  return prettier.format(written, { ...(await prettier.resolveConfig(file)), filepath: file });
}

function tables({ rows, standard, repositories }) {
  const sizes = rows.map((size) => `${size.toLocaleString('en-US')} ${size === 1 ? 'row' : 'rows'}`);
  const offering = repositories.filter(({ standard: offered }) => offered.length > 0);
  const offeredBy = (operation) => {
    const [by, others] = [true, false].map((offered) =>
      offering.filter(({ standard: all }) => all.includes(operation) === offered).map(shortName),
    );
    if (by.length === 0) return '–';
    if (others.length === 0) return 'all';
    return others.length < by.length ? `all but ${others.join(', ')}` : by.join(', ');
  };
  const linked = ({ name, folder }) => `[\`${name}\`](../${folder}/README.md)`;
  return [
    table(['standard operation', ...sizes, 'offered by'], standard, ({ name }) => [offeredBy(name)]),
    `All are ${offering.map(linked).join(', ')}; a dash: the [operations of an entity](../packages/base/README.md#operations) alone. What is particular to a repository, or done there in another way:`,
    table(
      ['operation of a repository', ...sizes, 'repository'],
      repositories.flatMap((repository) => repository.own.map((operation) => ({ ...operation, repository }))),
      ({ repository }) => [linked(repository)],
    ),
  ].join('\n\n');
}

const shortName = ({ name }) => name.replace(/Repository$/, '');

/** A line for each operation, and one for each variant of it that sends more. */
function table(head, operations, rest) {
  const lines = operations.flatMap((operation) =>
    operation.counts.map(({ as, most }) => [
      `\`${operation.name}\`${as === '' ? '' : `, ${as}`}`,
      ...most.map((count) => count.toLocaleString('en-US')),
      ...rest(operation),
    ]),
  );
  const rule = head.map((_, column) => (column === 0 || column === head.length - 1 ? '---' : '--:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
