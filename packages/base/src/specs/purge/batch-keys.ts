import { columnType, type ColumnShape, type Scope, type SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import type { RowFormat } from '../../wire/row-decoder.js';
import { type BatchTarget, compileTarget } from '../batch-target.js';
import { castOf } from '../cast-of.js';
import { narrowed } from '../scoped-target.js';

/** The parts of a row's key, in key order and in text form. */
export type KeyTexts = readonly string[];

/** Where the next batch of a purge begins, and how many rows it has. */
export interface NextBatch {
  /** The parameter. */
  readonly limit: string;
  /** The key of the last row of the batch before, or null. */
  readonly last: KeyTexts | null;
}

const text = columnType('text');

/** A SELECT that locks the next rows of a target in the order of their key; the parts of it are called k0, k1 and so on. */
export function nextKeys<Row, Id>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  { limit, last }: NextBatch,
  writer: SqlWriter,
  cast: '' | '::text',
): string {
  const { primaryKey, table } = mapping;
  const keys = primaryKey.map(({ sql }) => sql);
  const list = keys.join(', ');
  const after =
    last === null
      ? null
      : `(${list}) > (${primaryKey.map((column, i) => writer.text(last[i]!, castOf(column))).join(', ')})`;
  const where = narrowed(mapping, scope, compileTarget(mapping, scope, target, writer), after, writer);
  const parts = keys.map((key, i) => `${key}${cast} AS k${i}`).join(', ');
  return `SELECT ${parts} FROM ${table} WHERE ${where} ORDER BY ${list} LIMIT ${limit} FOR UPDATE`;
}

/** How rows are read that are a key in text form, behind so many numbers. */
export function keyFormat({ primaryKey }: EntityMapping, numbers: number): RowFormat {
  const columns = primaryKey.map((_, i): ColumnShape => {
    return { property: `k${i}`, sql: `k${i}`, type: text, nullable: false };
  });
  return { columns, extra: [], keys: [], leads: numbers };
}

/** The key that such a row is. */
export function keyOf(row: object): KeyTexts {
  return Object.values(row as Readonly<Record<string, string>>);
}

/** That a row's key is among keys in text form. */
export function keyAmongTexts({ primaryKey }: EntityMapping, keys: readonly KeyTexts[], writer: SqlWriter): string {
  const lists = primaryKey.map((column, i) => {
    const part = keys.map((key) => key[i]!);
    return `${writer.list(text, part, '/ids')}::${castOf(column)}[]`;
  });
  if (primaryKey.length === 1) return `${primaryKey[0]!.sql} = ANY(${lists[0]!})`;
  return `(${primaryKey.map(({ sql }) => sql).join(', ')}) IN (SELECT * FROM unnest(${lists.join(', ')}))`;
}
