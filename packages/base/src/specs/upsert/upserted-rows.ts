import type { HoldfastError } from '@holdfast/errors';
import { columnType, type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { RowDeleted } from '../../errors/row-deleted.js';
import type { RowFormat } from '../../wire/row-decoder.js';
import type { Step } from '../../wire/statement.js';
import { alreadyExists } from '../already-exists.js';
import { type GivenRows, givenRuns, givenSource } from '../bulk/given-rows.js';
import { groupedPlan } from '../bulk/grouped-plan.js';
import { STORED } from '../bulk/stored.js';
import { type CreatorSpec, creationOf } from '../creation.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import { onConflict } from './on-conflict.js';
import { upsertFailure } from './upsert-failure.js';
import type { UpsertRule } from './upserter-spec.js';

/** How many rows of a bulk are new, and how many were there; the others could not be changed. */
export interface UpsertCounts {
  readonly inserted: number;
  readonly updated: number;
  /** The error for one of those that could not be changed; null where there are none. */
  readonly refusal: HoldfastError | null;
}

const number = columnType('int');
const format: RowFormat = {
  columns: ['inserted', 'updated', 'deleted'].map((name) => ({
    property: name,
    sql: name,
    type: number,
    nullable: false,
  })),
  extra: [],
  keys: [],
  leads: 0,
};

interface Answer {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/**
 * Upserts rows that one trip takes, in the order given. Which of them were stored is counted, and not told by their
 * values: what is stored need not be equal to what was given (PostgreSQL 8.1.2: numeric is rounded to its scale).
 */
export function upsertedRows<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  rule: UpsertRule<Row>,
  from: number,
): StatementWrite<UpsertCounts> {
  const creations = Array.from(specs, (spec) => creationOf(definition, scope, spec));
  return writeSpec('bulkUpsert', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const runs = givenRuns(creations.map((each, i) => each.cells(mapping, actor, `/${from + i}`)));
    const plan = groupedPlan(
      runs.map((run) => upsertion(definition, mapping, scope, rule, run, from)),
      (answers): UpsertCounts => {
        const all = answers.flatMap(({ rows }) => rows as readonly Answer[]);
        const inserted = all.reduce((sum, answer) => sum + answer.inserted, 0);
        const updated = all.reduce((sum, answer) => sum + answer.updated, 0);
        if (inserted + updated === specs.length) return { inserted, updated, refusal: null };
        const isDeleted = all.some(({ deleted }) => deleted > 0);
        const refusal = isDeleted ? new RowDeleted() : alreadyExists(definition, specs);
        return { inserted, updated, refusal };
      },
    );
    const minted = (): readonly string[] => creations.flatMap((each) => each.minted);
    return { ...plan, minted, failure: (error) => upsertFailure(definition, mapping, specs, error) };
  });
}

/** One statement that upserts rows of the same columns, and tells how many are new and how many were there. */
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
  const pointer = `/${from + given.indexes[0]!}`;
  const { target, sql, isDeleted } = onConflict(definition, mapping, scope, rule, given.columns, writer, pointer);
  const names = given.columns.map((column) => column.sql).join(', ');
  const values = given.columns.map((column) => source.name(column)).join(', ');
  // Not in the order given: two that upsert the same rows would wait for each other.
  const order = target.columns.map((column) => source.name(column)).join(', ');
  const stored =
    `INSERT INTO ${mapping.table} AS ${STORED} (${names}) SELECT ${values} FROM given ORDER BY ${order}, place ${sql} ` +
    `RETURNING ${STORED}.xmax = 0 AS inserted`;
  const same = target.columns.map((column) => `t.${column.sql} = ${source.name(column)}`).join(' AND ');
  const deleted =
    isDeleted === 'FALSE'
      ? '0'
      : `CASE WHEN (SELECT count(*) FROM stored) = (SELECT count(*) FROM given) THEN 0 ELSE (SELECT count(*)::int ` +
        `FROM given JOIN (SELECT * FROM ${mapping.table} WHERE ${isDeleted}) t ON ${same}) END`;
  return {
    statement: mapping.returning(
      `WITH ${source.sql}, stored AS (${stored}) SELECT count(*) FILTER (WHERE inserted)::int AS inserted, ` +
        `count(*) FILTER (WHERE NOT inserted)::int AS updated, ${deleted} AS deleted FROM stored`,
      format,
    ).plannedAnew,
    values: writer.values,
  };
}
