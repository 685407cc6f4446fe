import type { Scope } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../../entity/entity-mapping.js';
import { stampedBy } from '../actor.js';
import { type CreatorSpec, keyToMint } from '../creation.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type SameValue, sameValue } from './same-value.js';
import { stampOf } from './stamp-of.js';
import { valuesByName } from './values-by-name.js';

/** What all rows give in one column: their values, not yet looked at, or one that they all have. */
export type AlikeColumn = readonly [column: MappedColumn, values: readonly unknown[] | SameValue];

/**
 * What new rows give that all give the same columns, column by column, by the names of these; `key` makes the key of the
 * row at an index. Null where they do not give the same, or where one of them may have to be refused.
 */
export function alikeValues<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  actor: string | null | undefined,
  key: (index: number) => string,
): readonly AlikeColumn[] | null {
  const stamp = mapping.embedded.size > 0 ? null : stampOf(scope);
  const given = stamp === null ? null : valuesByName(specs, 'values');
  if (stamp === null || given === null) return null;
  const columns = new Map<MappedColumn, AlikeColumn[1]>();
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
    const found = isStamped && column !== undefined ? sameValue(column, value) : values;
    if (column?.insertable !== true || found === undefined || found === null) return null;
    columns.set(column, found);
  }
  const minted = keyToMint(mapping);
  if (minted !== null && !columns.has(minted)) {
    if (!minted.insertable) return null;
    columns.set(
      minted,
      specs.map((_, index) => key(index)),
    );
  }
  for (const [column, text] of mapping.initial) if (!columns.has(column)) columns.set(column, { form: 'same', text });
  return [...columns].sort(([a], [b]) => (a.property < b.property ? -1 : 1));
}
