import { compileScope, ownRows, type Scope, type SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
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
