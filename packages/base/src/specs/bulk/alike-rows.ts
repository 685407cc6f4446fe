import { type Scope, textList, valueList } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../../entity/entity-mapping.js';
import { stampedBy } from '../actor.js';
import { type CreatorSpec, keyToMint } from '../creation.js';
import type { EntityDefinition } from '../entity-definition.js';
import type { GivenList, GivenRows } from './given-rows.js';
import { sameValue } from './same-value.js';
import { stampOf } from './stamp-of.js';
import { valuesByName } from './values-by-name.js';

/**
 * New rows that all give the same columns, column by column, which costs a fraction of looking at each row by itself. Null
 * where they do not, or where one of them may have to be refused: who looks at each then finds out which, and why.
 * `key` makes the key of the row at an index.
 */
export function alikeRows<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  actor: string | null | undefined,
  key: (index: number) => string,
): GivenRows | null {
  const stamp = mapping.embedded.size > 0 ? null : stampOf(scope);
  const given = stamp === null ? null : valuesByName(specs, 'values');
  if (stamp === null || given === null) return null;
  const lists = new Map<MappedColumn, GivenList>();
  const stamps = stampedBy(definition.actor, ['created', 'updated'], { ...Object.fromEntries(given), ...stamp }, actor);
  for (const [property, value] of Object.entries(stamps)) {
    const values = given.get(property);
    const isStamped = values === undefined || Object.hasOwn(stamp, property);
    if (isStamped && values?.every((each) => each === undefined || each === value) === false) return null;
    if (!isStamped && values.includes(undefined)) {
      if (values.every((each) => each === undefined)) continue;
      return null;
    }
    const column = mapping.columns.get(property);
    if (column?.insertable !== true) return null;
    const list = isStamped ? sameValue(column, value) : valueList(column.type, values);
    if (list === null) return null;
    lists.set(column, list);
  }
  const indexes = specs.map((_, index) => index);
  const minted = keyToMint(mapping);
  if (minted !== null && !lists.has(minted)) {
    if (!minted.insertable) return null;
    lists.set(minted, textList(minted.type, indexes.map(key)));
  }
  for (const [column, text] of mapping.initial) if (!lists.has(column)) lists.set(column, { form: 'same', text });
  const columns = [...lists.keys()].sort((a, b) => (a.property < b.property ? -1 : 1));
  return { columns, lists: columns.map((column) => lists.get(column)!), indexes };
}
