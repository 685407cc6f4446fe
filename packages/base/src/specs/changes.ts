import { InvalidInput } from '@holdfast/errors';
import {
  checkChangesStayInside,
  type ColumnKey,
  encodeValue,
  type KeysOfKind,
  type Present,
  type Scope,
  type SqlWriter,
} from '@holdfast/querier';
import { columnValues } from '../entity/column-values.js';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';
import { propertyPointer } from '../entity/property-pointer.js';
import type { StatementShape } from '../entity/statement-shapes.js';
import { type DatabaseTime, databaseTime } from '../states/database-time.js';
import type { OptionalState } from '../states/optional-state.js';
import { isState } from '../states/state.js';
import type { TriState } from '../states/tri-state.js';
import { stampedBy } from './actor.js';
import { castOf } from './cast-of.js';
import type { EntityDefinition } from './entity-definition.js';

/**
 * What to change: absent = leave, null = set NULL; or said by an OptionalState or a TriState. Of an embedded object what is
 * absent is left too.
 */
export type Changes<Row> = {
  readonly [Property in ColumnKey<Row>]?:
    | Row[Property]
    | OptionalState<NonNullable<Row[Property]>>
    | (null extends Row[Property] ? TriState<NonNullable<Row[Property]>> : never)
    | (NonNullable<Row[Property]> extends Date ? DatabaseTime : never);
} & { readonly [Property in KeysOfKind<Row, 'embedded'>]?: Changes<Present<Row[Property]>> };

/** One column and what it is set to: a value in text form, or the time of the transaction. */
export type Assignment = readonly [column: MappedColumn, value: string | null | DatabaseTime];

/** What changes set, and who acts where anything is set at all. Throws InvalidInput and OutsideScope. */
export function assignmentsOf<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  changes: Changes<Row>,
  actor: string | null | undefined,
  pointer = '',
): readonly Assignment[] {
  const values = changedValues(columnValues(mapping, changes, `${pointer}/changes`));
  checkChangesStayInside(mapping, scope, values);
  if (Object.keys(values).length === 0) return [];
  const stamped = stampedBy(definition.actor, ['updated'], values, actor);
  const assignments: Assignment[] = [];
  for (const property of Object.keys(stamped)) {
    const column = mapping.columns.get(property);
    if (column === undefined || !column.updatable) {
      const at = pointer + propertyPointer(property);
      throw new InvalidInput('UNKNOWN_FIELD', `${property} cannot be changed.`, at);
    }
    const value = stamped[property];
    const to = value === databaseTime ? databaseTime : encodeValue(column.type, value, pointer + column.pointer);
    assignments.push([column, to]);
  }
  return assignments;
}

/** Who acts, for changes that are not the caller's: a list of one assignment, or none. */
export function actorAssignment<Row extends object, Data, Id>(
  { actor: columns }: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  actor: string | null | undefined,
  writer: SqlWriter,
): readonly string[] {
  return Object.entries(stampedBy(columns, ['updated'], {}, actor)).map(([property, value]) => {
    const column = mapping.column(property);
    return `${column.sql} = ${writer.text(encodeValue(column.type, value, '/actor'), castOf(column))}`;
  });
}

/** Assignments as part of a statement's shape. */
export function changesInShape(assignments: readonly Assignment[], shape: StatementShape): void {
  for (const [column, value] of assignments) {
    if (value === databaseTime) shape.and(databaseTime).and(column);
    else shape.value(column, value as string | null);
  }
}

/** The SET list, with the bookkeeping that every change brings along. */
export function setList(mapping: EntityMapping, assignments: readonly Assignment[], writer: SqlWriter): string {
  const given: Record<string, true> = {};
  const list = assignments.map(([column, value]) => {
    given[column.property] = true;
    if (value === databaseTime) return `${column.sql} = now()`;
    return `${column.sql} = ${writer.text(value as string | null, castOf(column))}`;
  });
  return [...list, ...mapping.bookkeeping(given)].join(', ');
}

const isLeftOrState = (change: unknown): boolean =>
  change === undefined || (isState(change) && change !== databaseTime);

/** The changes with states resolved: what is left alone is left out. */
function changedValues(changes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  // Most are values, and are what they say.
  if (!Object.values(changes).some(isLeftOrState)) return changes;
  // Without a prototype, `__proto__` is a name like any other: it is refused as unknown.
  const values = Object.create(null) as Record<string, unknown>;
  for (const [property, change] of Object.entries(changes)) {
    if (change === undefined) continue;
    if (!isState(change) || change === databaseTime) values[property] = change;
    else if (change.kind === 'update') values[property] = change.value;
    else if (change.kind === 'nullify') values[property] = null;
  }
  return values;
}
