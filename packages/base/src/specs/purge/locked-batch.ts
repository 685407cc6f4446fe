import { type Scope, SqlWriter } from '@holdfast/querier';
import { checkedIntegrityError } from '../../errors/integrity-error-check.js';
import type { BatchTarget } from '../batch-target.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import { keyFormat, keyOf, type KeyTexts, nextKeys } from './batch-keys.js';

/** Locks the next rows of a target in the order of their key, after a key, and answers with their keys. */
export function lockedBatch<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  size: number,
  last: KeyTexts | null,
): StatementWrite<readonly KeyTexts[]> {
  return writeSpec('batchPurge', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const limit = writer.text(String(size), 'int8');
    const sql = nextKeys(mapping, scope, target, { limit, last }, writer, '::text');
    return {
      statement: mapping.returning(sql, keyFormat(mapping, 0)).plannedAnew,
      values: writer.values,
      finish: ({ rows }) => rows.map(keyOf),
      failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []),
    };
  });
}
