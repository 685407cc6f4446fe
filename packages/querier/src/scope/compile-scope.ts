import { Misuse } from '@holdfast/errors';
import type { EntityShape } from '../entity/entity-shape.js';
import { OutsideScope } from './outside-scope.js';
import { type Scope, scopesOf } from './scope.js';
import type { SearchScope } from './search-scope.js';
import type { SqlWriter } from '../entity/sql-writer.js';

/** The scope as SQL: in brackets and ANDed by the caller to every statement that reads or writes rows. */
export function compileScope<Row>(shape: EntityShape, scope: Scope<Row>, writer: SqlWriter): string {
  const scopes = scopesOf(scope);
  if (scopes === null) return 'TRUE';
  const compiled = scopes.map((scope) => `(${compileOne(shape, scope, writer)})`);
  return compiled.length === 1 ? compiled[0]! : `(${compiled.join(' OR ')})`;
}

function compileOne<Row>(shape: EntityShape, { name, stamp }: SearchScope<Row>, writer: SqlWriter): string {
  let sql = '';
  for (const property of Object.keys(stamp)) {
    const column = shape.columns.get(property);
    if (column === undefined) throw new Misuse(`The scope ${name} is not one of ${shape.name}.`);
    if (sql !== '') sql += ' AND ';
    sql += `${column.sql} = ${writer.element(column.type, stamp[property], `/scope/${property}`)}`;
  }
  return sql;
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
    const stray = strayProperty(stamp, given, true);
    if (stray !== null) throw new OutsideScope(stray);
    return { ...values, ...stamp };
  }
  const strays = scopes.map(({ stamp }) => strayProperty(stamp, given, false));
  const first = strays[0]!;
  if (strays.every((stray) => stray !== null)) throw new OutsideScope(first);
  return values;
}

/** Refuses a change that would move a row out of the scope. Throws OutsideScope. */
export function checkChangesStayInside<Row>(scope: Scope<Row>, changes: object): void {
  for (const { stamp } of scopesOf(scope) ?? []) {
    const stray = strayProperty(stamp, changes as Record<string, unknown>, true);
    if (stray !== null) throw new OutsideScope(stray);
  }
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
