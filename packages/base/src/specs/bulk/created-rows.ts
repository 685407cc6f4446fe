import { type HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import type { RowSink } from '../../wire/row-sink.js';
import type { BatchResult } from '../batch.js';
import { type CreatorSpec, creationOf } from '../creation.js';
import { creationFailure } from '../creation-failure.js';
import { dataOf, type EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import type { GivenRows } from './given-rows.js';
import { groupedPlan } from './grouped-plan.js';
import { insertion, missingSequence, type Returning } from './insertion.js';
import { newRows } from './new-rows.js';

/** What is stored, where the rows come back; else how many they are. */
export type Created<Data, Mode extends Returning> = Mode extends 'rows' ? readonly Data[] : BatchResult;

/** Creates rows that one trip takes; `from` is the index of the first among all. */
export function createdRows<Row extends object, Data, Id, Mode extends Returning>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  from: number,
  returning: Mode,
): StatementWrite<Created<Data, Mode>> {
  // Not `specs.map`: it would leave holes.
  const creations = Array.from(specs, (spec) => creationOf(definition, scope, spec));
  return writeSpec('bulkCreate', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const groups = newRows(creations.map((each, i) => each.cells(mapping, actor, `/${from + i}`)));
    const isCount = returning === 'nothing';
    if (!isCount) for (const group of groups) checkKeyIsKnown(mapping, group, from);
    const finish = (answers: readonly RowSink[]): Created<Data, Mode> =>
      (isCount ? counted(groups, answers) : inOrder(definition, groups, answers)) as Created<Data, Mode>;
    if (groups.length === 0) {
      const statement = isCount
        ? mapping.returningNothing('SELECT 1 WHERE FALSE')
        : mapping.returningRows(`SELECT ${mapping.list} FROM ${mapping.table} WHERE FALSE`);
      return { statement, values: [], writes: false, finish: () => finish([]) };
    }
    const plan = groupedPlan(
      groups.map((group) => insertion(mapping, group, returning)),
      finish,
    );
    const failure = (error: HoldfastError): HoldfastError =>
      missingSequence(mapping, error) ?? creationFailure(definition, mapping, specs, error);
    return { ...plan, failure, minted: () => creations.flatMap(({ minted }) => minted) };
  });
}

/** Rows that come back are told apart by their keys, so that these must be given, or made here or by a sequence. */
function checkKeyIsKnown({ primaryKey }: EntityMapping, { columns, rows }: GivenRows, from: number): void {
  const missing = primaryKey.find((column) => !columns.includes(column) && column.generation !== 'sequence');
  if (missing === undefined) return;
  const message = `Rows of a bulk give their key, or their entity says who makes it: ${missing.property} is missing.`;
  throw new InvalidInput('MISSING_VALUE', message, `/${from + rows[0]!.index}/${missing.property}`);
}

/** The data of stored rows in the order in which they were given. */
function inOrder<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  groups: readonly GivenRows[],
  answers: readonly RowSink[],
): readonly Data[] {
  const data: Data[] = Array.from({ length: sizeOf(groups) });
  answers.forEach(({ rows }, i) => {
    const given = groups[i]!.rows;
    if (rows.length !== given.length) throw strayRows();
    rows.forEach((row, place) => (data[given[place]!.index] = dataOf(definition, row)));
  });
  return Object.freeze(data);
}

function counted(groups: readonly GivenRows[], answers: readonly RowSink[]): BatchResult {
  const count = answers.reduce((sum, { affected }) => sum + affected, 0);
  if (count !== sizeOf(groups)) throw strayRows();
  return Object.freeze({ count });
}

function sizeOf(groups: readonly GivenRows[]): number {
  return groups.reduce((sum, { rows }) => sum + rows.length, 0);
}

function strayRows(): Misuse {
  return new Misuse('Other rows were stored than given: a trigger, or the type of a column, made others of them.');
}
