import type { HoldfastError } from '@holdfast/errors';
import { encodeValue, type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { databaseTime } from '../../states/database-time.js';
import { VersionConflict } from '../../errors/version-conflict.js';
import type { RowFormat } from '../../wire/row-decoder.js';
import type { Step } from '../../wire/statement.js';
import { type Assignment, assignmentsOf } from '../changes.js';
import { checkObject } from '../check-object.js';
import type { Cells } from '../creation.js';
import { dataOf, type EntityDefinition, liveRows } from '../entity-definition.js';
import { byPlace, place } from '../place.js';
import { rowsFailure } from '../rows-failure.js';
import { keyCells, narrowed } from '../scoped-target.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import type { UpdaterSpec } from '../updater.js';
import { versionOf } from '../version-of.js';
import { alikeUpdates, type GivenChanges } from './alike-updates.js';
import { type GivenRows, givenRows, type GivenSource, givenSource } from './given-rows.js';
import { groupedPlan } from './grouped-plan.js';
import { sameKey, STORED } from './stored.js';
import { waves } from './waves.js';

/** One row of a bulk update: which, and what of it. */
export interface BulkUpdate<Row, Id> extends UpdaterSpec<Row> {
  readonly id: Id;
}

/** Changes rows that one trip takes, each in its own way; for one that is not there its error comes back. */
export function updatedRows<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  updates: readonly BulkUpdate<Row, Id>[],
  from: number,
): StatementWrite<readonly (Data | HoldfastError)[]> {
  return writeSpec('bulkUpdate', (catalog, actor) => {
    // Not `forEach`: it would leave holes.
    for (let i = 0; i < updates.length; i++) checkObject(updates[i], `/${from + i}`);
    const mapping = catalog.mappingOf(definition.entity);
    const alike = alikeUpdates(definition, mapping, scope, updates, actor);
    const groups = alike === null ? eachUpdate(definition, mapping, scope, updates, actor, from) : [alike];
    const steps = groups.flatMap((group) => {
      const expects = updates[group.indexes[0]!]!.expectedVersion !== undefined;
      const step = update(definition, mapping, scope, group, group.changes, expects);
      const changing = { group, isPresence: false, step };
      if (!expects) return [changing];
      return [{ group, isPresence: true, step: presentRows(definition, mapping, scope, group) }, changing];
    });
    const plan = groupedPlan(
      steps.map(({ step }) => step),
      (answers) => {
        const all: (Data | undefined)[] = updates.map(() => undefined);
        const present = new Set<number>();
        answers.forEach((sink, i) => {
          const { group, isPresence } = steps[i]!;
          for (const [at, row] of byPlace(sink)) {
            const index = group.indexes[at]!;
            if (isPresence) present.add(index);
            else all[index] = dataOf(definition, row);
          }
        });
        // What is there and comes back no more is in another version.
        const missing = ({ id, expectedVersion }: BulkUpdate<Row, Id>, index: number): HoldfastError =>
          present.has(index) ? new VersionConflict(expectedVersion!) : definition.notFound(id);
        return Object.freeze(all.map((data, i) => data ?? missing(updates[i]!, i)));
      },
    );
    return { ...plan, failure: (error) => rowsFailure(definition, updates, error) };
  });
}

/** The updates by what they change, each looked at by itself. */
function eachUpdate<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  updates: readonly BulkUpdate<Row, Id>[],
  actor: string | null | undefined,
  from: number,
): readonly GivenChanges[] {
  const changes = updates.map((update, i) =>
    assignmentsOf(definition, mapping, scope, update.changes, actor, `/${from + i}`),
  );
  const keys = updates.map(({ id }, i) => keyCells(mapping, id, `/${from + i}/id`));
  const inWaves = waves(keys);
  const groups = givenRows(
    updates.map((each, i) => [
      ...keys[i]!,
      ...versionCell(mapping, each.expectedVersion, `/${from + i}`),
      ...valuesOf(changes[i]!),
    ]),
    changes.map((each, i) => `${inWaves[i]!} ${timesOf(each)}`),
  );
  return groups.map((group) => ({ ...group, changes: changes[group.indexes[0]!]! }));
}

/** One statement that changes the same columns of many rows; where nothing is changed it reads them. */
function update<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  given: GivenRows,
  changes: readonly Assignment[],
  expectsVersion: boolean,
): Step {
  const writer = new SqlWriter();
  const source = givenSource(given, writer);
  const version = expectsVersion ? versionOf(mapping) : null;
  const expected = version === null ? '' : ` AND ${STORED}.${version.sql} = ${source.name(version)}`;
  const where = meant(definition, mapping, scope, source, writer) + expected;
  const list = `${mapping.listOf(STORED)}, given.place`;
  const sql =
    changes.length === 0
      ? `SELECT ${list} FROM ${mapping.table} AS ${STORED}, given WHERE ${where}`
      : `UPDATE ${mapping.table} AS ${STORED} SET ${setList(mapping, changes, source)} FROM given WHERE ${where} RETURNING ${list}`;
  return { statement: mapping.returningAlso(place, `WITH ${source.sql} ${sql}`).plannedAnew, values: writer.values };
}

/** The places of rows that are there, in whatever version. */
function presentRows<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  given: GivenRows,
): Step {
  const writer = new SqlWriter();
  const source = givenSource(given, writer);
  const where = meant(definition, mapping, scope, source, writer);
  const sql = `WITH ${source.sql} SELECT given.place FROM ${mapping.table} AS ${STORED}, given WHERE ${where}`;
  return { statement: mapping.returning(sql, places).plannedAnew, values: writer.values };
}

const places: RowFormat = { columns: [], extra: [place], keys: [0], leads: 0 };

function meant<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  source: GivenSource,
  writer: SqlWriter,
): string {
  const live = liveRows(definition, mapping, false, `${STORED}.`);
  return narrowed(mapping, scope, sameKey(mapping, source), live, writer, STORED);
}

function versionCell(mapping: EntityMapping, expectedVersion: number | undefined, pointer: string): Cells {
  if (expectedVersion === undefined) return [];
  const version = versionOf(mapping);
  return [[version, encodeValue(version.type, expectedVersion, `${pointer}/expectedVersion`)]];
}

function setList(mapping: EntityMapping, changes: readonly Assignment[], source: GivenSource): string {
  const set = changes.map(([column, value]) => {
    return `${column.sql} = ${value === databaseTime ? 'now()' : source.name(column)}`;
  });
  const given = Object.fromEntries(changes.map(([{ property }]) => [property, true]));
  return [...set, ...mapping.bookkeeping(given, `${STORED}.`)].join(', ');
}

function valuesOf(changes: readonly Assignment[]): Cells {
  return changes.filter(([, value]) => value !== databaseTime) as Cells;
}

/** The columns that are set to the time of the transaction: no values, and yet another statement. */
function timesOf(changes: readonly Assignment[]): string {
  return changes.flatMap(([{ sql }, value]) => (value === databaseTime ? [sql] : [])).join();
}
