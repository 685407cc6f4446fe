import { Misuse } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import type { BatchResult } from '../batch.js';
import type { CreatorSpec } from '../creation.js';
import { creationFailure } from '../creation-failure.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, unitSpec, type WriteSpec } from '../spec.js';
import { tripWithinScope } from '../within-scope.js';
import { areRepeatable, chunks, type Items, MOST_AT_ONCE } from './chunks.js';
import { createdRows } from './created-rows.js';

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
  const trip = (chunk: readonly CreatorSpec<Row>[], from: number): StatementWrite<readonly Data[] | BatchResult> => {
    const created = createdRows(definition, scope, chunk, from, isCount ? 'nothing' : 'rows');
    return tripWithinScope(definition, scope, created, from === 0);
  };
  type Answer = WriteSpec<BulkResult<Data, Options>>;
  if (Array.isArray(specs) && specs.length <= MOST_AT_ONCE) return trip(specs as CreatorSpec<Row>[], 0) as Answer;
  return unitSpec(
    'bulkCreate',
    async (work): Promise<readonly Data[] | BatchResult> => {
      const all: Data[] = [];
      let count = 0;
      for await (const { from, items } of chunks(work, specs)) {
        const stored = await work.execute(trip(items, from));
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
