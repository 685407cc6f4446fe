import { columnType, type ColumnShape, type Scope, SqlWriter } from '@holdfast/querier';
import { checkedIntegrityError } from '../../errors/integrity-error-check.js';
import type { RowFormat } from '../../wire/row-decoder.js';
import { type BatchTarget, compileTarget } from '../batch-target.js';
import { castOf } from '../cast-of.js';
import type { EntityDefinition } from '../entity-definition.js';
import { narrowed } from '../scoped-target.js';
import { type StatementWrite, writeSpec } from '../spec.js';

/** One batch of a purge. */
export interface PurgedBatch {
  readonly count: number;
  /** The key of the last row, in text form, if there may be more behind it. */
  readonly last: readonly string[] | null;
}

const text = columnType('text');
const formats: RowFormat[] = [];

/**
 * Removes the next rows of a target in the order of their key, after the key of the batch before: without it every batch
 * would look through what those before it have removed.
 */
export function purgeAfter<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  batchSize: number,
  last: readonly string[] | null,
): StatementWrite<PurgedBatch> {
  return writeSpec('batchPurge', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const { primaryKey } = mapping;
    const keys = primaryKey.map(({ sql }) => sql);
    const limit = writer.text(String(batchSize), 'int8');
    const after =
      last === null
        ? null
        : `(${keys.join(', ')}) > (${primaryKey.map((column, i) => writer.text(last[i]!, castOf(column))).join(', ')})`;
    const where = narrowed(mapping, scope, compileTarget(mapping, scope, target, writer), after, writer);
    const doomed =
      `SELECT ${keys.map((key, i) => `${key} AS k${i}`).join(', ')} FROM ${mapping.table} WHERE ${where} ` +
      `ORDER BY ${keys.join(', ')} LIMIT ${limit} FOR UPDATE`;
    const same = keys.map((key, i) => `t.${key} = doomed.k${i}`).join(' AND ');
    const names = keys.map((_, i) => `k${i}`);
    const descending = names.map((name) => `${name} DESC`).join(', ');
    const sql =
      `WITH doomed AS MATERIALIZED (${doomed}), ` +
      `gone AS (DELETE FROM ${mapping.table} t USING doomed WHERE ${same} RETURNING 1) ` +
      `SELECT (SELECT count(*) FROM gone)::int AS gone, l.* FROM (SELECT count(*)::int AS taken FROM doomed) c ` +
      `LEFT JOIN (SELECT ${names.map((name) => `${name}::text`).join(', ')} FROM doomed ORDER BY ${descending} LIMIT 1) l ` +
      `ON c.taken = ${limit}`;
    return {
      statement: mapping.returning(sql, formatOf(keys.length)).plannedAnew,
      values: writer.values,
      failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []),
      finish({ rows }) {
        const { gone, ...key } = rows[0] as { readonly gone: number } & Readonly<Record<string, string | null>>;
        const parts = names.map((name) => key[name] ?? null);
        return { count: gone, last: parts.every((part) => part !== null) ? parts : null };
      },
    };
  });
}

/** A count, and the texts of a key of so many columns. */
function formatOf(columns: number): RowFormat {
  const key = Array.from({ length: columns }, (_, i): ColumnShape => {
    return { property: `k${i}`, sql: `k${i}`, type: text, nullable: true };
  });
  const gone: ColumnShape = { property: 'gone', sql: 'gone', type: columnType('int'), nullable: false };
  return (formats[columns] ??= { columns: [gone, ...key], extra: [], keys: [], leads: 0 });
}
