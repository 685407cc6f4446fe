import { type Scope, type ValueList, valueList } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../../entity/entity-mapping.js';
import { isState } from '../../states/state.js';
import { stampedBy } from '../actor.js';
import type { Assignment } from '../changes.js';
import type { EntityDefinition } from '../entity-definition.js';
import type { UpdaterSpec } from '../updater.js';
import type { GivenList, GivenRows } from './given-rows.js';
import { sameValue } from './same-value.js';
import { stampOf } from './stamp-of.js';
import { valuesByName } from './values-by-name.js';

/** Rows to change, by their keys, that change the same columns. */
export interface GivenChanges extends GivenRows {
  /** The columns that are changed; what they are set to is given, or the time of the transaction. */
  readonly changes: readonly Assignment[];
}

/**
 * Updates of different rows that all change the same columns, column by column, as `alikeRows`. Null where they do not, or
 * where one of them has to be looked at by itself.
 */
export function alikeUpdates<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  updates: readonly (UpdaterSpec<Row> & { readonly id: Id })[],
  actor: string | null | undefined,
): GivenChanges | null {
  const stamp = mapping.embedded.size > 0 ? null : stampOf(scope);
  const given = stamp === null ? null : valuesByName(updates, 'changes');
  const key = given === null ? null : keyList(mapping, updates);
  // Nothing to change is nothing to stamp either.
  if (stamp === null || given === null || given.size === 0 || key === null) return null;
  const lists = new Map<MappedColumn, GivenList>([key]);
  const changes: Assignment[] = [];
  for (const [property, value] of Object.entries(
    stampedBy(definition.actor, ['updated'], Object.fromEntries(given), actor),
  )) {
    const values = given.get(property);
    const column = mapping.columns.get(property);
    if (column?.updatable !== true || Object.hasOwn(stamp, property)) return null;
    if (values?.some((each) => each === undefined || isState(each)) === true) return null;
    const list = values === undefined ? sameValue(column, value) : valueList(column.type, values);
    if (list === null) return null;
    lists.set(column, list);
    changes.push([column, null]);
  }
  const columns = [...lists.keys()].sort((a, b) => (a.property < b.property ? -1 : 1));
  const indexes = updates.map((_, index) => index);
  return { columns, lists: columns.map((column) => lists.get(column)!), indexes, changes };
}

/** The ids, where they are uuids and no two the same. */
function keyList(
  { primaryKey }: EntityMapping,
  updates: readonly { readonly id: unknown; readonly expectedVersion?: number }[],
): readonly [MappedColumn, ValueList] | null {
  const [column, ...others] = primaryKey;
  if (column === undefined || others.length > 0 || column.type.kind !== 'uuid') return null;
  if (column.type.conversion !== undefined || updates.some((each) => each.expectedVersion !== undefined)) return null;
  const ids = updates.map(({ id }) => id);
  if (!ids.every((id) => typeof id === 'string')) return null;
  if (new Set(ids.map((id) => id.toLowerCase())).size < ids.length) return null;
  const list = valueList(column.type, ids);
  return list === null ? null : [column, list];
}
