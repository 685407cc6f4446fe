import { expect, it } from '@jest/globals';
import { markdownTable } from '../src/figures/markdown-table.js';

it('aligns words to the left and figures to the right', () => {
  const table = markdownTable(
    ['line', '0', '100,000'],
    [
      ['cursor page', '0.30', '0.31'],
      ['offset', '1', '100.00'],
    ],
  );

  expect(table).toBe(
    [
      '| line        |    0 | 100,000 |',
      '| ----------- | ---: | ------: |',
      '| cursor page | 0.30 |    0.31 |',
      '| offset      |    1 |  100.00 |',
    ].join('\n'),
  );
});
