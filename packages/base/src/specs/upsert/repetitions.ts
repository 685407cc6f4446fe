import { columnType, type Scope, SqlWriter, textList } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../../entity/entity-mapping.js';
import type { RowFormat } from '../../wire/row-decoder.js';
import { type GivenSource, givenSource } from '../bulk/given-rows.js';
import { castOf } from '../cast-of.js';
import { type CreatorSpec, creationOf } from '../creation.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import { checkIsGiven, compileConflictTarget } from './conflict-target.js';
import { changeableColumns, stampedProperties } from './on-conflict.js';
import { upsertFailure } from './upsert-failure.js';
import type { UpsertRule } from './upserter-spec.js';

const places = { property: 'places', sql: 'places', type: columnType('int', { array: true }), nullable: false };
const format: RowFormat = { columns: [places], extra: [], keys: [], leads: 0 };

/** Rows that are the same, and what to know to make one of them. */
export interface Repetitions {
  /** Indexes of rows that are the same, each list in the order given. */
  readonly lists: readonly (readonly number[])[];
  /** The indexes of all rows in an order that is the same for whoever upserts the same rows. */
  readonly order: readonly number[];
  /** The entity's embedded objects, by path. */
  readonly embedded: ReadonlySet<string>;
  /** The columns that a later row changes of an earlier one, by path. */
  readonly changeable: ReadonlySet<string>;
}

/**
 * Which of the rows are the same by the conflict target, as far as its values tell: the database compares them, numbers
 * however they are written. What only the index knows to be the same, PostgreSQL refuses (21000).
 */
export function repetitions<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  rule: UpsertRule<Row>,
): StatementWrite<Repetitions> {
  return writeSpec('bulkUpsert', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const target = compileConflictTarget(mapping, rule.conflictTarget ?? definition.conflictTarget);
    const isPartial = target.predicate !== 'TRUE';
    const used = new Set(target.columns);
    const rows = specs.map((spec, index) => {
      const cells = new Map(creationOf(definition, scope, spec).cells(mapping, actor, `/${index}`));
      checkIsGiven(target.columns, [...cells.keys()], `/${index}`);
      // The predicate may ask about any column.
      if (isPartial) for (const column of cells.keys()) used.add(column);
      else for (const column of cells.keys()) if (!used.has(column)) cells.delete(column);
      return { index, cells };
    });
    const columns = [...used];
    const given = rows.map(({ index, cells }) => ({
      index,
      texts: columns.map((column) => cells.get(column) ?? null),
    }));
    const writer = new SqlWriter();
    const lists = columns.map(({ type }, i) =>
      textList(
        type,
        given.map(({ texts }) => texts[i]!),
      ),
    );
    const source = givenSource({ columns, lists, indexes: given.map(({ index }) => index) }, writer);
    const names = target.columns.map((column) => source.name(column));
    const known = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
    // In a subquery of its own the predicate sees the row's columns, and no others of these names.
    const covered = isPartial
      ? `, LATERAL (SELECT ${target.predicate} AS "#covered" FROM (SELECT ${rowOf(mapping, source)}) r) c`
      : '';
    const sql =
      `WITH ${source.sql} SELECT array_agg(given.place::int - 1 ORDER BY given.place) AS places FROM given${covered} ` +
      `WHERE ${known}${isPartial ? ' AND c."#covered"' : ''} GROUP BY ${names.join(', ')} HAVING count(*) > 1`;
    const byTarget = given.map(
      ({ index, texts }) => [JSON.stringify(texts.slice(0, target.columns.length)), index] as const,
    );
    const { update = null } = rule;
    const changeable = changeableColumns(mapping, target, stampedProperties(scope), definition.actor?.created);
    return {
      statement: mapping.returning(sql, format).plannedAnew,
      values: writer.values,
      writes: false,
      failure: (error) => upsertFailure(definition, mapping, specs, error),
      finish: ({ rows: found }) => ({
        lists: found.map((row) => (row as { readonly places: readonly number[] }).places),
        order: byTarget.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, index]) => index),
        embedded: mapping.embedded,
        changeable: new Set<string>(update ?? changeable.map(({ property }) => property)),
      }),
    };
  });
}

/** All columns of the row that a given one would be, as far as it says them, by their own names. */
function rowOf(mapping: EntityMapping, source: GivenSource): string {
  const value = (column: MappedColumn): string =>
    source.columns.includes(column) ? source.name(column) : `NULL::${castOf(column)}`;
  return [...mapping.columns.values()].map((column) => `${value(column)} AS ${column.sql}`).join(', ');
}
