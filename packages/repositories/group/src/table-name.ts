import { Misuse } from '@holdfast/errors';
import { quoteIdentifier } from '@holdfast/querier';

/** The table of a check, quoted. Throws Misuse for one that is not named. */
export function tableName({ table }: { readonly table: string }): string {
  const path = table.split('.');
  if (path.some((name) => name === '')) throw new Misuse('A check of members names a table and its columns.');
  return path.map(quoteIdentifier).join('.');
}
