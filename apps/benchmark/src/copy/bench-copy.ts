import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { writeFigures } from '../figures/write-figures.js';
import { onDatabase } from '../on-database.js';
import { compareCopies, type CopySize } from './compare-copies.js';
import { reportCopies } from './report-copies.js';

const SIZES: readonly CopySize[] = [
  ...[100, 500, 1_000, 2_000, 5_000].map((rows) => ({ rows, rounds: 7 })),
  { rows: 20_000, rounds: 5 },
  { rows: 100_000, rounds: 3 },
];
const FEW_SIZES: readonly CopySize[] = [100, 1_000, 5_000].map((rows) => ({ rows, rounds: 3 }));

/** `npm run bench -- copy`: new rows that are only counted, by statements and by COPY. */
export async function benchCopy(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...line],
    options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const comparison = await onDatabase((url) => compareCopies(url, values.quick ? FEW_SIZES : SIZES));
  const figures = reportCopies(comparison);
  console.log(`\n${figures.text}`);
  if (!values.quick) await writeFigures([figures]);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(comparison, null, 2)}\n`);
}
