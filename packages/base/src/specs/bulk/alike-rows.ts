import { valueList } from '@holdfast/querier';
import type { AlikeColumn } from './alike-values.js';
import type { GivenList, GivenRows } from './given-rows.js';

/**
 * So many new rows that all give the same columns, for a statement: a fraction of what it costs to look at each row by
 * itself. Null where one of them has to be refused: who looks at each then finds out which, and why.
 */
export function alikeRows(alike: readonly AlikeColumn[] | null, count: number): GivenRows | null {
  if (alike === null) return null;
  const lists: GivenList[] = [];
  for (const [{ type }, values] of alike) {
    const list = 'form' in values ? values : valueList(type, values);
    if (list === null) return null;
    lists.push(list);
  }
  return { columns: alike.map(([column]) => column), lists, indexes: Array.from({ length: count }, (_, i) => i) };
}
