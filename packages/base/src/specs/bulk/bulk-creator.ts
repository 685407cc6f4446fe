import { Misuse } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import type { BatchResult } from '../batch.js';
import type { CreatorSpec } from '../creation.js';
import { creationFailure } from '../creation-failure.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, unitSpec, type UnitOfWork, type WriteSpec } from '../spec.js';
import { tripWithinScope } from '../within-scope.js';
import { areRepeatable, chunks, type Items, MOST_AT_ONCE } from './chunks.js';
import { Copier } from './copier.js';
import { createdRows, strayRows } from './created-rows.js';

/** What a bulk creation gives back. */
export interface BulkOptions {
  /**
   * `data` (default): what was stored, in the order given. `count`: only how many; then memory is bounded by 1,000 rows,
   * however many come.
   */
  readonly returning?: 'data' | 'count';
}

/** What a bulk creation answers. */
export type BulkResult<Data, Options extends BulkOptions> = Options extends { readonly returning: 'count' }
  ? BatchResult
  : readonly Data[];

/**
 * Creates many rows, all or nothing, in the order given: the seeds' BulkCreator. Up to 1,000 go in one statement and one
 * trip (one statement for each set of columns that they give); more go in a transaction, 1,000 in a trip. Where more than
 * 1,000 are only counted, they go by COPY, 1,000 at a time, unless the table is under row-level security or has rules.
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
  const count = async (work: UnitOfWork): Promise<BatchResult> => {
    const copier = definition.rowLevelSecurity === undefined ? new Copier(definition, scope, work) : null;
    let all = 0;
    for await (const { from, items, isLast } of chunks(work, specs)) {
      const copied = copier === null ? null : await copier.store(items, isLast);
      if (copied === null) await work.execute(trip(items, from));
      else if (copied !== items.length) throw strayRows();
      all += items.length;
    }
    return Object.freeze({ count: all });
  };
  type Answer = WriteSpec<BulkResult<Data, Options>>;
  if (Array.isArray(specs) && specs.length <= MOST_AT_ONCE) return trip(specs as CreatorSpec<Row>[], 0) as Answer;
  return unitSpec(
    'bulkCreate',
    async (work): Promise<readonly Data[] | BatchResult> => {
      if (isCount) return count(work);
      const all: Data[] = [];
      for await (const { from, items } of chunks(work, specs)) {
        for (const data of (await work.execute(trip(items, from))) as readonly Data[]) all.push(data);
      }
      return Object.freeze(all);
    },
    {
      isRepeatable: areRepeatable(specs),
      failure: (error, catalog) => creationFailure(definition, catalog.mappingOf(definition.entity), [], error),
    },
  ) as Answer;
}
