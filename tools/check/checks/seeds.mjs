import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deviationLetters, exampleRows } from '../seeds/example-rows.mjs';
import { testTitles } from '../seeds/test-titles.mjs';
import { workspacePackages } from '../workspace.mjs';

const page = 'docs/seeds.md';

/** How many blocks of Python each document has; the documents themselves are not part of the repository. */
const blocks = { '000': 2, '001': 17, '002': 22, '003': 1 };

/** Every example of the seeds has a test that shows it in our words, linked by the title of the test. */
export const seeds = {
  name: 'seeds',
  async run({ root }) {
    const markdown = readFileSync(path.join(root, page), 'utf8');
    const rows = exampleRows(markdown);
    const letters = deviationLetters(markdown);
    const titlesOf = titlesIn(root);
    const problems = unlinked(rows);
    for (const { document, block, line, tests, deviations } of rows) {
      const report = (rule, message) => problems.push({ rule, file: page, line, message });
      if (!(block >= 1 && block <= blocks[document])) {
        report('block-is-known', `document ${document} has no block ${block}`);
      }
      for (const { title, target } of tests) {
        const titles = titlesOf(target);
        if (titles === null) report('test-is-run', `${target} is no test file of a package`);
        else if (!titles.has(title)) report('title-is-there', `${target} has no test with the full title “${title}”`);
      }
      for (const letter of deviations.filter((one) => !letters.has(one))) {
        report('deviation-is-known', `there is no deviation ${letter}`);
      }
    }
    return problems;
  },
};

/** Each block has one row with at least one test. */
function unlinked(rows) {
  return Object.entries(blocks).flatMap(([document, count]) =>
    Array.from({ length: count }, (_, index) => index + 1).flatMap((block) => {
      const found = rows.filter((row) => row.document === document && row.block === block);
      if (found.length === 1 && found[0].tests.length > 0) return [];
      const message = `block ${block} of document ${document} ${found.length > 1 ? 'has several rows' : 'has no test'}`;
      return [{ rule: 'block-is-linked', file: page, line: found[0]?.line, message }];
    }),
  );
}

/** Gives the titles of the tests behind a link, or null where no test run would come by. */
function titlesIn(root) {
  const folders = workspacePackages(root).map(({ folder }) => folder);
  const known = new Map();
  const read = (file) => {
    const isRun = file.endsWith('.test.ts') && folders.some((folder) => file.startsWith(`${folder}/test/`));
    if (!isRun || !existsSync(path.join(root, file))) return null;
    return testTitles(file, readFileSync(path.join(root, file), 'utf8'));
  };
  return (target) => {
    const file = path.posix.join(path.posix.dirname(page), target);
    if (!known.has(file)) known.set(file, read(file));
    return known.get(file);
  };
}
