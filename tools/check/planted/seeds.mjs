import { seeds } from '../checks/seeds.mjs';

const page = 'docs/seeds.md';

/** The page with another first row in the examples of a document. Throws where the change finds nothing to change. */
function withRow(text, document, from, to) {
  const row = text.indexOf('\n| 1 ', text.indexOf(`### ${document}:`)) + 1;
  const end = text.indexOf('\n', row);
  const spoilt = text.slice(row, end).replace(from, to);
  if (row === 0 || spoilt === text.slice(row, end)) throw new Error(`Nothing to spoil in the examples of ${document}.`);
  return text.slice(0, row) + spoilt + text.slice(end);
}

export const plantedSeeds = {
  check: seeds,
  required: ['block-is-linked', 'block-is-known', 'test-is-run', 'title-is-there', 'deviation-is-known'],
  plants: [
    {
      rules: ['block-is-linked', 'block-is-known', 'test-is-run', 'title-is-there', 'deviation-is-known'],
      at: page,
      files: {
        [page]: (old) =>
          [
            ['000', '.test.ts)', '.ts)'],
            ['001', '| 1 ', '| 18 '],
            ['002', /\|[^|]*\|$/, '| Z |'],
            ['003', /\]\([^)]*\)/g, ']'],
          ].reduce((text, [document, from, to]) => withRow(text, document, from, to), old),
        // The test is there, under another title.
        'packages/repositories/session/test/seeds/cache-source.test.ts': (old) => old.replace("it('a ", "it('no "),
      },
    },
    {
      // The test is there, and is not run.
      rules: ['title-is-there'],
      alone: true,
      at: page,
      files: {
        'packages/repositories/session/test/seeds/cache-source.test.ts': (old) =>
          old.replace("it('a ", "if (process.env['NOBODY_SETS_THIS']) it('a "),
      },
    },
  ],
};
