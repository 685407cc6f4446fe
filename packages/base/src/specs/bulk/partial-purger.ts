import type { HoldfastError } from '@holdfast/errors';
import { type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { checkedIntegrityError } from '../../errors/integrity-error-check.js';
import type { Step } from '../../wire/statement.js';
import { dataOf, type EntityDefinition } from '../entity-definition.js';
import { byPlace, place } from '../place.js';
import { keyCells, narrowed } from '../scoped-target.js';
import { type StatementWrite, type UnitWrite, writeSpec } from '../spec.js';
import { tripWithinScope } from '../within-scope.js';
import type { Items } from './chunks.js';
import { type GivenRows, givenRows, givenSource } from './given-rows.js';
import { groupedPlan } from './grouped-plan.js';
import { partialSpec, type PartialResult } from './partial.js';
import { sameKey, STORED } from './stored.js';
import { waves } from './waves.js';

/** Removes for good those of many rows that are there and that nothing keeps: together where that goes, else each alone. */
export function partialPurger<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  ids: Items<Id>,
): UnitWrite<PartialResult<Data, Id>> {
  return partialSpec('bulkPurgePartial', ids, (chunk, from) =>
    tripWithinScope(definition, scope, purgedRows(definition, scope, chunk, from), from === 0),
  );
}

/** Removes rows in one trip; for one that is not there its error comes back. */
function purgedRows<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  ids: readonly Id[],
  from: number,
): StatementWrite<readonly (Data | HoldfastError)[]> {
  return writeSpec('bulkPurge', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const keys = ids.map((id, i) => keyCells(mapping, id, `/${from + i}`));
    const groups = givenRows(keys, waves(keys).map(String));
    const steps = groups.map((group) => deletion(mapping, scope, group));
    const plan = groupedPlan(steps, (answers) => {
      const all: (Data | HoldfastError | undefined)[] = ids.map(() => undefined);
      answers.forEach((sink, group) => {
        for (const [at, row] of byPlace(sink)) all[groups[group]!.indexes[at]!] = dataOf(definition, row);
      });
      return Object.freeze(all.map((each, i) => each ?? definition.notFound(ids[i]!)));
    });
    return { ...plan, failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []) };
  });
}

function deletion<Row>(mapping: EntityMapping, scope: Scope<Row>, given: GivenRows): Step {
  const writer = new SqlWriter();
  const source = givenSource(given, writer);
  const where = narrowed(mapping, scope, sameKey(mapping, source), null, writer, STORED);
  const sql =
    `WITH ${source.sql} DELETE FROM ${mapping.table} AS ${STORED} USING given WHERE ${where} ` +
    `RETURNING ${mapping.listOf(STORED)}, given.place`;
  return { statement: mapping.returningAlso(place, sql).plannedAnew, values: writer.values };
}
