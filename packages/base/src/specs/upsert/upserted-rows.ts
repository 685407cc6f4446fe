import type { HoldfastError } from '@holdfast/errors';
import { columnType, type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { RowDeleted } from '../../errors/row-deleted.js';
import type { RowFormat } from '../../wire/row-decoder.js';
import type { Step } from '../../wire/statement.js';
import { type GivenRows, givenRows, givenSource } from '../bulk/given-rows.js';
import { groupedPlan } from '../bulk/grouped-plan.js';
import { type CreatorSpec, creationOf } from '../creation.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import { STORED } from '../bulk/stored.js';
import { onConflict } from './on-conflict.js';
import { upsertFailure } from './upsert-failure.js';
import type { UpsertRule } from './upserter-spec.js';

/** What became of one row of a bulk. */
export interface Upserted {
  /** Its place among all rows, from 0 on. */
  readonly index: number;
  /** Whether it is new. */
  readonly inserted: boolean;
}

const became = { property: 'became', sql: 'became', type: columnType('text'), nullable: false };
const format: RowFormat = { columns: [became], extra: [], keys: [], leads: 0 };

/** Upserts rows that one trip takes; none may be there twice. Rows that could not be changed come back as errors. */
export function upsertedRows<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  rule: UpsertRule<Row>,
  from: number,
): StatementWrite<readonly (Upserted | HoldfastError)[]> {
  const creations = specs.map((spec) => creationOf(definition, scope, spec));
  return writeSpec('bulkUpsert', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const groups = givenRows(creations.map((each, i) => each.cells(mapping, actor, `/${from + i}`)));
    const steps = groups.map((group) => upsertion(definition, mapping, scope, rule, group, from));
    const plan = groupedPlan(steps, (answers) => {
      const all: (Upserted | HoldfastError)[] = Array.from({ length: specs.length });
      answers.forEach(({ rows }, group) => {
        rows.forEach((row, place) => {
          const { index } = groups[group]!.rows[place]!;
          const told = (row as { readonly became: string }).became;
          if (told === 'deleted') all[index] = new RowDeleted();
          else if (told === 'foreign') all[index] = definition.alreadyExists(specs[index]!.values);
          else all[index] = Object.freeze({ index: from + index, inserted: told === 'inserted' });
        });
      });
      return Object.freeze(all);
    });
    return { ...plan, failure: (error) => upsertFailure(definition, mapping, specs, error) };
  });
}

/** One statement that upserts rows of the same columns, and tells of each what became of it. */
function upsertion<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  rule: UpsertRule<Row>,
  given: GivenRows,
  from: number,
): Step {
  const writer = new SqlWriter();
  const source = givenSource(given, writer);
  const pointer = `/${from + given.rows[0]!.index}`;
  const { target, sql, isDeleted } = onConflict(definition, mapping, scope, rule, given.columns, writer, pointer);
  const names = given.columns.map((column) => column.sql).join(', ');
  const values = given.columns.map((column) => source.name(column)).join(', ');
  const keys = target.columns.map((column, i) => `${STORED}.${column.sql} AS k${i}`).join(', ');
  const stored =
    `INSERT INTO ${mapping.table} AS ${STORED} (${names}) SELECT ${values} FROM given ORDER BY place ${sql} ` +
    `RETURNING ${STORED}.xmax = 0 AS inserted, ${keys}`;
  const isStored = target.columns.map((column, i) => `stored.k${i} = ${source.name(column)}`).join(' AND ');
  // What has a NULL in the target conflicts with nothing.
  const isNew = target.columns.map((column) => `${source.name(column)} IS NULL`).join(' OR ');
  const same = target.columns.map((column) => `t.${column.sql} = ${source.name(column)}`).join(' AND ');
  const deleted = `EXISTS (SELECT FROM (SELECT * FROM ${mapping.table} WHERE ${isDeleted}) t WHERE ${same})`;
  const told =
    `CASE WHEN stored.inserted OR ${isNew} THEN 'inserted' WHEN NOT stored.inserted THEN 'updated' ` +
    `WHEN ${deleted} THEN 'deleted' ELSE 'foreign' END`;
  return {
    statement: mapping.returning(
      `WITH ${source.sql}, stored AS (${stored}) ` +
        `SELECT ${told} AS became FROM given LEFT JOIN stored ON ${isStored} ORDER BY place`,
      format,
    ).plannedAnew,
    values: writer.values,
  };
}
