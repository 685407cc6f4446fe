import { type HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import type { RowSink } from '../../wire/row-sink.js';
import type { BatchResult } from '../batch.js';
import { newId } from '../../new-id.js';
import { type Cells, type CreatorSpec, creationOf } from '../creation.js';
import { creationFailure } from '../creation-failure.js';
import { dataOf, type EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import { alikeRows } from './alike-rows.js';
import { alikeValues } from './alike-values.js';
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
  const keys: string[] = [];
  const key = (index: number): string => (keys[index] ??= newId());
  return writeSpec('bulkCreate', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const alike = alikeRows(alikeValues(definition, mapping, scope, specs, actor, key), specs.length);
    const groups = alike === null ? newRows(eachCells(definition, mapping, scope, specs, actor, from, key)) : [alike];
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
    const minted = (): readonly string[] => [...specs.flatMap((spec) => spec.minted ?? []), ...Object.values(keys)];
    return { ...plan, failure, minted };
  });
}

/** The columns that each row gives, looked at one by one. */
function eachCells<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  actor: string | null | undefined,
  from: number,
  key: (index: number) => string,
): readonly Cells[] {
  // Not `specs.map`: it would leave holes.
  return Array.from(specs, (spec, i) =>
    creationOf(definition, scope, spec, () => key(i)).cells(mapping, actor, `/${from + i}`),
  );
}

/** Rows that come back are told apart by their keys, so that these must be given, or made here or by a sequence. */
function checkKeyIsKnown({ primaryKey }: EntityMapping, { columns, indexes }: GivenRows, from: number): void {
  const missing = primaryKey.find((column) => !columns.includes(column) && column.generation !== 'sequence');
  if (missing === undefined) return;
  const message = `Rows of a bulk give their key, or their entity says who makes it: ${missing.property} is missing.`;
  throw new InvalidInput('MISSING_VALUE', message, `/${from + indexes[0]!}/${missing.property}`);
}

/** The data of stored rows in the order in which they were given. */
function inOrder<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  groups: readonly GivenRows[],
  answers: readonly RowSink[],
): readonly Data[] {
  const data: Data[] = Array.from({ length: sizeOf(groups) });
  answers.forEach(({ rows }, i) => {
    const { indexes } = groups[i]!;
    if (rows.length !== indexes.length) throw strayRows();
    rows.forEach((row, place) => (data[indexes[place]!] = dataOf(definition, row)));
  });
  return Object.freeze(data);
}

function counted(groups: readonly GivenRows[], answers: readonly RowSink[]): BatchResult {
  const count = answers.reduce((sum, { affected }) => sum + affected, 0);
  if (count !== sizeOf(groups)) throw strayRows();
  return Object.freeze({ count });
}

function sizeOf(groups: readonly GivenRows[]): number {
  return groups.reduce((sum, { indexes }) => sum + indexes.length, 0);
}

/** Where the database stored other rows than were given. */
export function strayRows(): Misuse {
  return new Misuse('Other rows were stored than given: a trigger, or the type of a column, made others of them.');
}
