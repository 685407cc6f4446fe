import { columnType, type Scope, SqlWriter } from '@holdfast/querier';
import type { RowFormat } from '../../wire/row-decoder.js';
import { givenSource } from '../bulk/given-rows.js';
import { type CreatorSpec, creationOf } from '../creation.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import { checkIsGiven, compileConflictTarget } from './conflict-target.js';
import type { UpsertRule } from './upserter-spec.js';

const places = { property: 'places', sql: 'places', type: columnType('int', { array: true }), nullable: false };
const format: RowFormat = { columns: [places], extra: [], keys: [], leads: 0 };

/** Rows that are the same, and what to know to make one of them. */
export interface Repetitions {
  /** Indexes of rows that are the same, each list in the order given. */
  readonly lists: readonly (readonly number[])[];
  /** The entity's embedded objects, by path. */
  readonly embedded: ReadonlySet<string>;
}

/**
 * Which of the rows are the same by the conflict target. The database compares: texts may be
 * equal whatever their case, numbers however they are written.
 */
export function repetitions<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  rule: UpsertRule<Row>,
): StatementWrite<Repetitions> {
  return writeSpec('bulkUpsert', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const { columns } = compileConflictTarget(mapping, rule.conflictTarget ?? definition.conflictTarget);
    const rows = specs.map((spec, index) => {
      const cells = new Map(creationOf(definition, scope, spec).cells(mapping, actor, `/${index}`));
      checkIsGiven(columns, [...cells.keys()], `/${index}`);
      return { index, texts: columns.map((column) => cells.get(column)!) };
    });
    const writer = new SqlWriter();
    const source = givenSource({ columns, rows }, writer);
    const names = columns.map((column) => source.name(column));
    const sql =
      `WITH ${source.sql} SELECT array_agg(place::int - 1 ORDER BY place) AS places FROM given ` +
      `WHERE ${names.map((name) => `${name} IS NOT NULL`).join(' AND ')} GROUP BY ${names.join(', ')} HAVING count(*) > 1`;
    return {
      statement: mapping.returning(sql, format).plannedAnew,
      values: writer.values,
      writes: false,
      finish: ({ rows: found }) => ({
        lists: found.map((row) => (row as { readonly places: readonly number[] }).places),
        embedded: mapping.embedded,
      }),
    };
  });
}
