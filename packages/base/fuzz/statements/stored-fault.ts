import type { Cells } from './cell.js';
import { nameOf, shown } from './row-fault.js';
import type { Running } from './running.js';
import type { StoredRow } from './stored-rows.js';
import { canonicalTexts } from './write-rows.js';

/** What is wrong with what was stored of given cells, or null. */
export async function storedFault(
  running: Running,
  stored: StoredRow | undefined,
  cells: Cells,
): Promise<string | null> {
  if (stored === undefined) return 'nothing was stored';
  const texts = await canonicalTexts(running, cells);
  return textsFault(running, stored.texts, texts, 'was given');
}

/** Where texts of a row differ from those that there should be, of the columns that these are of. */
export function textsFault(
  { table }: Running,
  stored: StoredRow['texts'],
  texts: StoredRow['texts'],
  why: string,
): string | null {
  const odd = table.columns.find(
    ({ property }) => Object.hasOwn(texts, property) && stored[property] !== texts[property],
  );
  if (odd === undefined) return null;
  return `stored ${nameOf(odd)} as ${shown(stored[odd.property])} where ${shown(texts[odd.property])} ${why}`;
}
