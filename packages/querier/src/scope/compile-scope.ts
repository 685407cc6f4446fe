import { Misuse } from '@holdfast/errors';
import { compileCondition } from '../condition/compile-condition.js';
import { holdsEmptyOperand } from '../condition/holds-empty-operand.js';
import type { EntityShape } from '../entity/entity-shape.js';
import { ownRows, type RowSource } from '../entity/row-source.js';
import { rowsOfEntity } from '../entity/rows-of-entity.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import { defaultLimits } from '../plain-data/limits.js';
import { merged } from '../plain-data/merged.js';
import { everything } from './everything.js';
import { OutsideScope } from './outside-scope.js';
import { type Scope, scopesOf } from './scope.js';
import type { SearchScope } from './search-scope.js';

/**
 * The scope as SQL: in brackets and ANDed by the caller to every statement that reads or writes rows. Which rows of the
 * table are the entity's is part of it, and of no scope too.
 */
export function compileScope<Row>(source: EntityShape | RowSource, scope: Scope<Row>, writer: SqlWriter): string {
  const scopes = scopesOf(scope);
  const rows = 'qualifier' in source ? source : ownRows(source);
  const entity = rowsOfEntity(rows);
  if (scopes === null) return entity;
  const compiled = scopes.map((scope) => `(${compileOne(rows, scope, writer)})`);
  const union = compiled.length === 1 ? compiled[0]! : `(${compiled.join(' OR ')})`;
  return entity === 'TRUE' ? union : `(${entity} AND ${union})`;
}

function compileOne<Row>(rows: RowSource, { name, stamp, where }: SearchScope<Row>, writer: SqlWriter): string {
  const { shape, qualifier } = rows;
  let sql = '';
  for (const property of Object.keys(stamp)) {
    const column = shape.columns.get(property);
    if (column === undefined) throw new Misuse(`The scope ${name} is not one of ${shape.name}.`);
    if (sql !== '') sql += ' AND ';
    sql += `${qualifier}${column.sql} = ${writer.element(column.type, stamp[property], `/scope/${property}`)}`;
  }
  if (where === null) return sql;
  const met = compileCondition(rows, where, everything, writer, defaultLimits, `/scope/${name}`);
  // A scope that every row is in is none.
  if (met === 'TRUE' || holdsEmptyOperand(shape, where)) {
    throw new Misuse(`The scope ${name} has conditions that every row may meet.`);
  }
  return sql === '' ? met : `${sql} AND ${met}`;
}

/**
 * The values of a row that is created in the scope. One scope fills the columns that are absent; of a union, at least
 * one must be met by the values as they are. Throws OutsideScope.
 */
export function stampedValues<Values extends object, Row>(scope: Scope<Row>, values: Values): Values {
  const scopes = scopesOf(scope);
  if (scopes === null) return values;
  const given = values as Record<string, unknown>;
  if (scopes.length === 1) {
    const { stamp } = scopes[0]!;
    if (scopes[0]!.where !== null) throw createsNothing(scopes[0]!);
    const stray = strayProperty(stamp, given, true);
    if (stray !== null) throw new OutsideScope(stray);
    return merged(values, stamp);
  }
  const creating = scopes.filter(({ where }) => where === null);
  if (creating.length === 0) throw createsNothing(scopes[0]!);
  const strays = creating.map(({ stamp }) => strayProperty(stamp, given, false));
  const first = strays[0]!;
  if (strays.every((stray) => stray !== null)) throw new OutsideScope(first);
  return values;
}

function createsNothing<Row>({ name }: SearchScope<Row>): Misuse {
  return new Misuse(`The scope ${name} creates no rows: it has conditions that only a stored row can be held against.`);
}

/**
 * Refuses a change that would, or might, move a row out of the scope: of a column that the scope gives or, in whatever
 * way, asks about. Throws OutsideScope.
 */
export function checkChangesStayInside<Row>(shape: EntityShape, scope: Scope<Row>, changes: object): void {
  for (const { stamp, where } of scopesOf(scope) ?? []) {
    const stray = strayProperty(stamp, changes as Record<string, unknown>, true);
    if (stray !== null) throw new OutsideScope(stray);
    if (where === null) continue;
    const asked = propertiesIn(shape, where);
    const moved = Object.keys(changes).find(
      (property) => asked.has(property) && (changes as Record<string, unknown>)[property] !== undefined,
    );
    if (moved !== undefined) throw new OutsideScope(moved);
  }
}

/** The columns that a condition asks about, those included that lead to rows behind relations. */
function propertiesIn(shape: EntityShape, condition: object, before = ''): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name, member] of Object.entries(condition) as [string, object][]) {
    const path = before + name;
    const isGroup = before === '' && (name === 'and' || name === 'or');
    const groups = isGroup ? (member as object[]) : before === '' && name === 'not' ? [member] : [];
    for (const group of groups) for (const property of propertiesIn(shape, group)) names.add(property);
    if (shape.embedded.has(path)) {
      for (const property of propertiesIn(shape, member, `${path}.`)) names.add(property);
    }
    const own = shape.relations.get(path)?.on.map(([column]) => column) ?? [];
    for (const { property, sql } of shape.columns.values()) {
      if (property === path || own.includes(sql)) names.add(property);
    }
  }
  return names;
}

/** The first stamped property that has another value, or, unless absence is fine, none. */
function strayProperty(
  stamp: Readonly<Record<string, unknown>>,
  given: Record<string, unknown>,
  absentIsFine: boolean,
): string | null {
  for (const property of Object.keys(stamp)) {
    // What is inherited is not stored.
    const value = Object.hasOwn(given, property) ? given[property] : undefined;
    if (value === undefined ? !absentIsFine : value !== stamp[property]) return property;
  }
  return null;
}
