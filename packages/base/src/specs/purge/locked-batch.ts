import { columnType, type ColumnShape, type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { checkedIntegrityError } from '../../errors/integrity-error-check.js';
import type { RowFormat } from '../../wire/row-decoder.js';
import { type BatchTarget, compileTarget } from '../batch-target.js';
import { castOf } from '../cast-of.js';
import type { EntityDefinition } from '../entity-definition.js';
import { narrowed } from '../scoped-target.js';
import { type StatementWrite, writeSpec } from '../spec.js';

/** The parts of a row's key, in key order and in text form. */
export type KeyTexts = readonly string[];

const text = columnType('text');
const formats: RowFormat[] = [];

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
    const keys = mapping.primaryKey.map(({ sql }) => sql);
    const limit = writer.text(String(size), 'int8');
    const after = last === null ? null : `(${keys.join(', ')}) > (${keyOf(mapping, last, writer)})`;
    const where = narrowed(mapping, scope, compileTarget(mapping, scope, target, writer), after, writer);
    const sql =
      `SELECT ${keys.map((key, i) => `${key}::text AS k${i}`).join(', ')} FROM ${mapping.table} WHERE ${where} ` +
      `ORDER BY ${keys.join(', ')} LIMIT ${limit} FOR UPDATE`;
    return {
      statement: mapping.returning(sql, formatOf(keys.length)).plannedAnew,
      values: writer.values,
      finish: ({ rows }) => rows.map((row) => keys.map((_, i) => (row as Readonly<Record<string, string>>)[`k${i}`]!)),
      failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []),
    };
  });
}

/** That a row's key is among keys in text form. */
export function keyAmongTexts(mapping: EntityMapping, keys: readonly KeyTexts[], writer: SqlWriter): string {
  const { primaryKey } = mapping;
  const lists = primaryKey.map((column, i) => {
    const part = keys.map((key) => key[i]!);
    return `${writer.list(text, part, '/ids')}::${castOf(column)}[]`;
  });
  if (primaryKey.length === 1) return `${primaryKey[0]!.sql} = ANY(${lists[0]!})`;
  return `(${primaryKey.map(({ sql }) => sql).join(', ')}) IN (SELECT * FROM unnest(${lists.join(', ')}))`;
}

function keyOf({ primaryKey }: EntityMapping, key: KeyTexts, writer: SqlWriter): string {
  return primaryKey.map((column, i) => writer.text(key[i]!, castOf(column))).join(', ');
}

/** The texts of a key of so many columns. */
function formatOf(columns: number): RowFormat {
  const key = Array.from({ length: columns }, (_, i): ColumnShape => {
    return { property: `k${i}`, sql: `k${i}`, type: text, nullable: false };
  });
  return (formats[columns] ??= { columns: key, extra: [], keys: [], leads: 0 });
}
