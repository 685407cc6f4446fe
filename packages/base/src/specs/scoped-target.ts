import { Misuse } from '@holdfast/errors';
import { compileScope, type Scope, type SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';

/** The WHERE of an operation by id: key, scope and restriction. An id of several columns is an object by property. */
export function byId<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  id: unknown,
  restriction: string | null,
  writer: SqlWriter,
): string {
  const { primaryKey } = mapping;
  const key = primaryKey
    .map((column) => {
      const value = primaryKey.length === 1 ? id : (id as Record<string, unknown> | null)?.[column.property];
      if (value === undefined || value === null)
        throw new Misuse(`${mapping.name} needs an id with ${column.property}.`);
      return `${column.sql} = ${writer.element(column.type, value, `/${column.property}`)}`;
    })
    .join(' AND ');
  return narrowed(mapping, scope, key, restriction, writer);
}

/** A condition narrowed to the scope and to the rows that are meant at all. */
export function narrowed<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  condition: string,
  restriction: string | null,
  writer: SqlWriter,
): string {
  const parts = [condition, compileScope(mapping, scope, writer)];
  if (restriction !== null) parts.push(restriction);
  return parts.filter((part) => part !== 'TRUE').join(' AND ') || 'TRUE';
}
