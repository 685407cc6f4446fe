const link = /\[((?:[^\]\\]|\\.)+)\]\(([^)\s]+)\)/g;
const plain = (markdown) => markdown.replace(/\\(.)/g, '$1');

/**
 * The tables below "The examples": `[{ document, block, line, tests, deviations }]`, where `tests` are links,
 * `[{ title, target }]`, and `deviations` letters.
 */
export function exampleRows(markdown) {
  const rows = [];
  let isInside = false;
  let document = null;
  for (const [index, text] of markdown.split('\n').entries()) {
    if (/^## /.test(text)) isInside = text === '## The examples';
    if (!isInside) continue;
    document = /^### (\d{3}):/.exec(text)?.[1] ?? document;
    const [, block, , tests = '', deviations = ''] = text.split(/(?<!\\)\|/).map((cell) => cell.trim());
    if (!/^\d+$/.test(block)) continue;
    rows.push({
      document,
      block: Number(block),
      line: index + 1,
      tests: [...tests.matchAll(link)].map(([, title, target]) => ({ title: plain(title), target })),
      deviations: deviations.split(/,\s*/).filter(Boolean),
    });
  }
  return rows;
}

/** The letters of the table of deviations. */
export function deviationLetters(markdown) {
  return new Set([...markdown.matchAll(/^\| ([A-Z]) +\|/gm)].map(([, letter]) => letter));
}
