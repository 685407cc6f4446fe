import type { Scope } from '@holdfast/querier';
import type { CreatorSpec } from '../creation.js';
import type { EntityDefinition } from '../entity-definition.js';
import type { UnitWrite } from '../spec.js';
import { tripWithinScope } from '../within-scope.js';
import type { Items } from './chunks.js';
import { createdRows } from './created-rows.js';
import { partialSpec, type PartialResult } from './partial.js';

/** Creates those of many rows that can be created: together where that goes, else each alone, in the order given. */
export function partialCreator<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: Items<CreatorSpec<Row>>,
): UnitWrite<PartialResult<Data, CreatorSpec<Row>>> {
  return partialSpec('bulkCreatePartial', specs, (chunk, from) =>
    tripWithinScope(definition, scope, createdRows(definition, scope, chunk, from, 'rows'), from === 0),
  );
}
