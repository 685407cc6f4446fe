import { type Scope, SqlWriter } from '@holdfast/querier';
import { checkedIntegrityError } from '../../errors/integrity-error-check.js';
import type { BatchTarget } from '../batch-target.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import { keyFormat, keyOf, type KeyTexts, nextKeys } from './batch-keys.js';

/** One batch of a purge. */
export interface PurgedBatch {
  readonly count: number;
  /** The key of the last row, if there may be more behind it. */
  readonly last: KeyTexts | null;
}

/**
 * Removes the next rows of a target in the order of their key, after the key of the batch before: without it every batch
 * would look through what those before it have removed.
 */
export function purgeAfter<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  batchSize: number,
  last: KeyTexts | null,
): StatementWrite<PurgedBatch> {
  return writeSpec('batchPurge', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const limit = writer.text(String(batchSize), 'int8');
    const doomed = nextKeys(mapping, scope, target, { limit, last }, writer, '');
    const names = mapping.primaryKey.map((_, i) => `k${i}`);
    const same = mapping.primaryKey.map(({ sql }, i) => `t.${sql} = doomed.k${i}`).join(' AND ');
    const descending = names.map((name) => `${name} DESC`).join(', ');
    const sql =
      `WITH doomed AS MATERIALIZED (${doomed}), ` +
      `gone AS (DELETE FROM ${mapping.table} t USING doomed WHERE ${same} RETURNING 1) ` +
      `SELECT (SELECT count(*) FROM gone)::int AS gone, l.* FROM (SELECT count(*)::int AS taken FROM doomed) c ` +
      `LEFT JOIN (SELECT ${names.map((name) => `${name}::text`).join(', ')} FROM doomed ORDER BY ${descending} LIMIT 1) l ` +
      `ON c.taken = ${limit}`;
    return {
      statement: mapping.returning(sql, keyFormat(mapping, 1)).plannedAnew,
      values: writer.values,
      failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []),
      finish: ({ rows: [row], leads: [gone] }) => ({ count: gone!, last: row === undefined ? null : keyOf(row) }),
    };
  });
}
