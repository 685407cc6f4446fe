import {
  compileScope,
  encodeElement,
  ownRows,
  type Scope,
  SearchScope,
  type SqlWriter,
  Unscoped,
} from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import type { StatementShape } from '../entity/statement-shapes.js';
import type { Cells } from './creation.js';
import { keyLists } from './key-lists.js';
import { keyTexts } from './key-texts.js';

/** The WHERE of an operation by id: key, scope and restriction. An id of several columns is an object by property. */
export function byId<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  id: unknown,
  restriction: string | null,
  writer: SqlWriter,
): string {
  const { primaryKey } = mapping;
  const texts = keyTexts(mapping, id, primaryKey.length === 1 ? primaryKey[0]!.pointer : '');
  const key = primaryKey.map((column, i) => `${column.sql} = ${writer.text(texts[i]!, column.type.sql)}`).join(' AND ');
  return narrowed(mapping, scope, key, restriction, writer);
}

/**
 * The same as part of a shape: key and scope. False where the scope says more than which columns are equal; then its text
 * has to be written.
 */
export function byIdInShape<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  id: unknown,
  shape: StatementShape,
): boolean {
  const { primaryKey } = mapping;
  const texts = keyTexts(mapping, id, primaryKey.length === 1 ? primaryKey[0]!.pointer : '');
  for (const text of texts) shape.values.push(text);
  if (Unscoped.isUnscoped(scope)) return true;
  if (!SearchScope.isScope(scope) || scope.where !== null) return false;
  shape.and(scoped);
  const { stamp } = scope;
  for (const property of Object.keys(stamp)) {
    const column = mapping.columns.get(property);
    if (column === undefined) return false;
    shape.value(column, encodeElement(column.type, stamp[property], `/scope${column.pointer}`));
  }
  return true;
}

const scoped = 'within';

/** The columns of an id with their values in text form. Throws InvalidInput. */
export function keyCells(mapping: EntityMapping, id: unknown, pointer: string): Cells {
  const texts = keyTexts(mapping, id, pointer);
  return mapping.primaryKey.map((column, i) => [column, texts[i]!]);
}

/** That a row's key is among ids. */
export function keyAmong(mapping: EntityMapping, ids: readonly unknown[], writer: SqlWriter, qualifier = ''): string {
  const columns = mapping.primaryKey.map(({ sql }) => qualifier + sql);
  const lists = keyLists(mapping, ids, writer);
  if (columns.length === 1) return `${columns[0]!} = ANY(${lists[0]!})`;
  return `(${columns.join(', ')}) IN (SELECT * FROM unnest(${lists.join(', ')}))`;
}

/** A condition narrowed to the scope and to the rows that are meant at all. */
export function narrowed<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  condition: string,
  restriction: string | null,
  writer: SqlWriter,
  alias: string | null = null,
): string {
  const parts = [condition, compileScope(ownRows(mapping, alias), scope, writer)];
  if (restriction !== null) parts.push(restriction);
  return parts.filter((part) => part !== 'TRUE').join(' AND ') || 'TRUE';
}
