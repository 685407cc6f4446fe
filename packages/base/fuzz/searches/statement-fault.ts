import type { PageStatement } from '@holdfast/querier';
import { DATABASE_PREFIX } from './fuzzed-column.js';

/** The texts that statements have in quotes; everything else is a parameter. */
const ownTexts = /= '(?:number|string)'/g;

/** What is wrong with the text of a statement, whatever was asked for, or null. */
export function statementFault({ sql, values }: PageStatement): string | null {
  const rest = sql.replace(ownTexts, '');
  if (/[^\x20-\x7e]|['`;\\]|--|\/\*/.test(rest)) return `a statement that is not only ours: ${sql.slice(0, 1_000)}`;
  if (!sql.includes(` WHERE ("${DATABASE_PREFIX}tenant" = $1::text)`)) return `a statement without its scope: ${sql}`;
  const parameters = new Set(sql.match(/\$\d+/g));
  return parameters.size === values.length ? null : `${values.length} values for ${parameters.size} parameters: ${sql}`;
}
