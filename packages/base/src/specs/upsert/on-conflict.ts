import { InvalidInput } from '@holdfast/errors';
import { checkChangesStayInside, compileScope, ownRows, type Scope, scopesOf, type SqlWriter } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../../entity/entity-mapping.js';
import { STORED } from '../bulk/stored.js';
import { deletionColumn, type EntityDefinition } from '../entity-definition.js';
import { checkIsGiven, compileConflictTarget, type CompiledTarget } from './conflict-target.js';
import type { UpsertRule } from './upserter-spec.js';

/** The end of an INSERT that changes the row which is there already. */
export interface OnConflict {
  readonly target: CompiledTarget;
  /** ON CONFLICT … DO UPDATE …: only of rows that are in the scope and not deleted. */
  readonly sql: string;
  /** That a row of the table is in the scope, deleted, and what the target finds, as SQL; FALSE where none can be. */
  readonly isDeleted: string;
}

/** Throws InvalidInput where the target is not given whole, and OutsideScope where a change might leave the scope. */
export function onConflict<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  rule: UpsertRule<Row>,
  given: readonly MappedColumn[],
  writer: SqlWriter,
  pointer: string,
): OnConflict {
  const target = compileConflictTarget(mapping, rule.conflictTarget ?? definition.conflictTarget);
  checkIsGiven(target.columns, given, pointer);
  const stamped = stampedProperties(scope);
  const changed = changedColumns(definition, mapping, rule, given, target, stamped);
  checkChangesStayInside(mapping, scope, Object.fromEntries(changed.map(({ property }) => [property, null])));
  const deleted = deletionColumn(definition, mapping);
  // Of a union, only the scope is meant that the given row is in: what is stored belongs to whom it belongs to.
  const telling = Array.isArray(scope) ? [...stamped] : [];
  const same = telling.map((name) => mapping.column(name)).filter((column) => given.includes(column));
  const compiled = compileScope(ownRows(mapping, STORED), scope, writer);
  const inScope = [compiled, ...same.map(({ sql }) => `${STORED}.${sql} = excluded.${sql}`)].filter(isRestriction);
  const live = deleted === null ? [] : [`${STORED}.${deleted.sql} IS NULL`];
  const where = [...inScope, ...live];
  return {
    target,
    sql: `ON CONFLICT ${target.sql} DO UPDATE SET ${setList(mapping, changed, target)}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`,
    isDeleted:
      deleted === null
        ? 'FALSE'
        : [compileScope(mapping, scope, writer), `${deleted.sql} IS NOT NULL`, target.predicate]
            .filter(isRestriction)
            .join(' AND '),
  };
}

/** The columns that say whose a row is, of all scopes of a union. */
export function stampedProperties<Row>(scope: Scope<Row>): ReadonlySet<string> {
  return new Set((scopesOf(scope) ?? []).flatMap(({ stamp }) => Object.keys(stamp)));
}

/** The columns that are changed of a row which is there. Throws InvalidInput for one that cannot be, or is not given. */
function changedColumns<Row extends object, Data, Id>(
  { actor }: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  { update }: UpsertRule<Row>,
  given: readonly MappedColumn[],
  target: CompiledTarget,
  stamped: ReadonlySet<string>,
): readonly MappedColumn[] {
  if (update === undefined) {
    const changeable = new Set(changeableColumns(mapping, target, stamped, actor?.created));
    return given.filter((column) => changeable.has(column));
  }
  const listed = update.map((name, i) => {
    const column = mapping.columns.get(name);
    if (column === undefined || !column.updatable) {
      throw new InvalidInput('UNKNOWN_FIELD', `${name} cannot be changed.`, `/update/${i}`);
    }
    if (!given.includes(column)) throw new InvalidInput('MISSING_VALUE', `${name} is not given.`, `/update/${i}`);
    return column;
  });
  if (listed.length === 0) return listed;
  const acting = given.filter((column) => column.property === actor?.updated && !listed.includes(column));
  return [...listed, ...acting];
}

/** The columns that an upsert changes where it is not told which. */
export function changeableColumns(
  mapping: EntityMapping,
  target: CompiledTarget,
  stamped: ReadonlySet<string>,
  createdBy: string | undefined,
): readonly MappedColumn[] {
  return [...mapping.columns.values()].filter(
    (column) =>
      column.updatable &&
      !target.columns.includes(column) &&
      !stamped.has(column.property) &&
      !column.isCreateDate &&
      !column.isVersion &&
      column.property !== createdBy,
  );
}

function setList(mapping: EntityMapping, changed: readonly MappedColumn[], { columns }: CompiledTarget): string {
  // Only a row that is written comes back: what changes nothing sets the target to what it is.
  if (changed.length === 0) return `${columns[0]!.sql} = ${STORED}.${columns[0]!.sql}`;
  const given = Object.fromEntries(changed.map(({ property }) => [property, true]));
  const list = changed.map(({ sql }) => `${sql} = excluded.${sql}`);
  return [...list, ...mapping.bookkeeping(given, `${STORED}.`)].join(', ');
}

function isRestriction(sql: string): boolean {
  return sql !== 'TRUE';
}
