import { type HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { AmbiguousCommitError } from '../../errors/database-error.js';
import type { BatchResult } from '../batch.js';
import { type CreatorSpec, creationOf } from '../creation.js';
import { creationFailure } from '../creation-failure.js';
import { dataOf, type EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, unitSpec, type WriteSpec, writeSpec } from '../spec.js';
import { withinScope } from '../within-scope.js';
import { areRepeatable, chunks, type Items, MOST_AT_ONCE } from './chunks.js';
import type { GivenRows } from './given-rows.js';
import { groupedPlan } from './grouped-plan.js';
import { insertion, missingSequence } from './insertion.js';
import { newRows } from './new-rows.js';

/** What a bulk creation gives back. */
export interface BulkOptions {
  /**
   * `data` (default): what was stored, in the order given. `count`: only how many; then memory is bounded by one
   * statement's rows, however many come.
   */
  readonly returning?: 'data' | 'count';
}

/** What a bulk creation answers. */
export type BulkResult<Data, Options extends BulkOptions> = Options extends { readonly returning: 'count' }
  ? BatchResult
  : readonly Data[];

/**
 * Creates many rows, all or nothing, in the order given: the seeds' BulkCreator. Up to 1,000 go in one statement and one
 * trip (one statement for each set of columns that they give); more go in a transaction, 250 in a trip.
 */
export function bulkCreator<Row extends object, Data, Id, Options extends BulkOptions>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: Items<CreatorSpec<Row>>,
  options?: Options,
): WriteSpec<BulkResult<Data, Options>> {
  const returning = options?.returning ?? 'data';
  if (returning !== 'data' && returning !== 'count') throw new Misuse('A bulk returns its data, or a count.');
  const isCount = returning === 'count';
  const one = isCount ? countedCreation<Row, Data, Id> : createdRows<Row, Data, Id>;
  const within = (chunk: readonly CreatorSpec<Row>[], from: number): StatementWrite<readonly Data[] | BatchResult> =>
    withinScope<Row, StatementWrite<readonly Data[] | BatchResult>>(
      definition,
      scope,
      one(definition, scope, chunk, from),
      {
        relations: false,
        existenceChecks: from === 0,
      },
    );
  type Answer = WriteSpec<BulkResult<Data, Options>>;
  if (Array.isArray(specs) && specs.length <= MOST_AT_ONCE) return within(specs as CreatorSpec<Row>[], 0) as Answer;
  return unitSpec(
    'bulkCreate',
    async (work): Promise<readonly Data[] | BatchResult> => {
      const all: Data[] = [];
      let count = 0;
      for await (const { from, items } of chunks(work, specs)) {
        const stored = await work.execute(within(items, from));
        if ('count' in stored) count += stored.count;
        else for (const data of stored) all.push(data);
      }
      return Object.freeze(isCount ? { count } : all);
    },
    {
      isRepeatable: areRepeatable(specs),
      failure: (error, catalog) => creationFailure(definition, catalog.mappingOf(definition.entity), [], error),
    },
  ) as Answer;
}

/** Creates rows that one trip takes; `from` is the index of the first among all. */
export function createdRows<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  from = 0,
): StatementWrite<readonly Data[]> {
  // Not `specs.map`: it would leave holes.
  const creations = Array.from(specs, (spec) => creationOf(definition, scope, spec));
  return writeSpec('bulkCreate', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const failure = (error: HoldfastError): HoldfastError =>
      missingSequence(mapping, error) ?? creationFailure(definition, mapping, specs, error);
    if (creations.length === 0) {
      const statement = mapping.returningRows(`SELECT ${mapping.list} FROM ${mapping.table} WHERE FALSE`);
      return { statement, values: [], writes: false, finish: () => Object.freeze([]) };
    }
    const groups = newRows(creations.map((each, i) => each.cells(mapping, actor, `/${from + i}`)));
    for (const group of groups) checkKeyIsKnown(mapping, group, from);
    const steps = groups.map((group) => insertion(mapping, group, 'rows'));
    const plan = groupedPlan(steps, (answers) => {
      const data: Data[] = Array.from({ length: specs.length });
      answers.forEach(({ rows }, group) => {
        // A trigger or the column's type made other rows of them: what is stored is not what was given.
        if (rows.length !== groups[group]!.rows.length) throw strayRows();
        rows.forEach((row, place) => (data[groups[group]!.rows[place]!.index] = dataOf(definition, row)));
      });
      return Object.freeze(data);
    });
    return { ...plan, failure };
  });
}

/** The same where nobody asks for the rows. */
function countedCreation<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  from: number,
): StatementWrite<BatchResult> {
  // Not `specs.map`: it would leave holes.
  const creations = Array.from(specs, (spec) => creationOf(definition, scope, spec));
  return writeSpec('bulkCreate', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    if (creations.length === 0) {
      const statement = mapping.returningNothing('SELECT 1 WHERE FALSE');
      return { statement, values: [], writes: false, finish: () => Object.freeze({ count: 0 }) };
    }
    const groups = newRows(creations.map((each, i) => each.cells(mapping, actor, `/${from + i}`)));
    const steps = groups.map((group) => insertion(mapping, group, 'nothing'));
    const plan = groupedPlan(steps, (answers) => {
      const count = answers.reduce((sum, { affected }) => sum + affected, 0);
      if (count !== specs.length) throw strayRows();
      return Object.freeze({ count });
    });
    const failure = (error: HoldfastError): HoldfastError =>
      missingSequence(mapping, error) ?? creationFailure(definition, mapping, specs, error);
    return { ...plan, failure };
  });
}

function strayRows(): AmbiguousCommitError {
  return new AmbiguousCommitError(new Error('Other rows were stored than given.'));
}

/** Rows that come back are told apart by their keys, so that these must be given, or made here or by a sequence. */
function checkKeyIsKnown({ primaryKey }: EntityMapping, { columns, rows }: GivenRows, from: number): void {
  const missing = primaryKey.find((column) => !columns.includes(column) && column.generation !== 'sequence');
  if (missing === undefined) return;
  const message = `Rows of a bulk give their key, or their entity says who makes it: ${missing.property} is missing.`;
  throw new InvalidInput('MISSING_VALUE', message, `/${from + rows[0]!.index}/${missing.property}`);
}
