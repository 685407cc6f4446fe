import { isHoldfastError } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import type { EntityDefinition } from '../entity-definition.js';
import { rowsFailure } from '../rows-failure.js';
import { unitSpec, type UnitWrite } from '../spec.js';
import { tripWithinScope } from '../within-scope.js';
import { areRepeatable, chunks, type Items } from './chunks.js';
import { partialSpec, type PartialResult } from './partial.js';
import { type BulkUpdate, updatedRows } from './updated-rows.js';

/**
 * Changes many rows, each in its own way, all or none, and answers in the order given. One trip takes up to 1,000 rows
 * (one statement for each set of columns that they change). A row may be there twice: its
 * changes follow each other, in statements of their own.
 */
export function bulkUpdater<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  updates: Items<BulkUpdate<Row, Id>>,
): UnitWrite<readonly Data[]> {
  return unitSpec(
    'bulkUpdate',
    async (unit) => {
      const all: Data[] = [];
      for await (const { from, items } of chunks(unit, updates)) {
        const spec = tripWithinScope(definition, scope, updatedRows(definition, scope, items, from), from === 0);
        for (const answer of await unit.execute(spec)) {
          if (isHoldfastError(answer)) throw answer;
          all.push(answer);
        }
      }
      return Object.freeze(all);
    },
    { isRepeatable: areRepeatable(updates), failure: (error) => rowsFailure(definition, [], error) },
  );
}

/**
 * Changes those of many rows that are there and can be changed: together where that goes, else each alone, in the order
 * given.
 */
export function partialUpdater<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  updates: Items<BulkUpdate<Row, Id>>,
): UnitWrite<PartialResult<Data, BulkUpdate<Row, Id>>> {
  return partialSpec('bulkUpdatePartial', updates, (chunk, from) =>
    tripWithinScope(definition, scope, updatedRows(definition, scope, chunk, from), from === 0),
  );
}
